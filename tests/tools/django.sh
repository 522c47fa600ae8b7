# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=Django
get() { pip_get Django==5.2.8 psycopg2-binary==2.9.11; }
begin() {
  mkdir -p shop/migrations
  touch shop/__init__.py shop/migrations/__init__.py
  cat >settings.py <<'END'
import os
INSTALLED_APPS = ["shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"]}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
END
  cat >manage.py <<'END'
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
END
  step 0001_initial '' 'CREATE TABLE users (id int PRIMARY KEY, email text)'
}
step() {
  printf 'from django.db import migrations\n\nclass Migration(migrations.Migration):\n    dependencies = [%s]\n    operations = [migrations.RunSQL("%s")]\n' \
    "$2" "$3" >"shop/migrations/$1.py"
}
more() { step 0002_name '("shop", "0001_initial")' 'ALTER TABLE users ADD name text'; }
apply() { "$home/venv/bin/python" manage.py migrate --no-input; }
