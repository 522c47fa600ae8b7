#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The key of the table behind a Django ManyToManyField: what a migration makes, and what the models of
# the same application say.
#
# Seen with Django 5.2.19 (PyPI), with django.contrib.auth as it comes and DEFAULT_AUTO_FIELD set to
# BigAutoField, as startproject does: `migrate` makes auth_user_groups.id bigint, while the model in the
# code, User.groups.through, has an AutoField, integer. The app's own default_auto_field counts for the
# code only; the models that migrations are run with know the setting. makemigrations finds nothing to
# do. Whoever takes the code's models for the schema, by schema_editor.create_model() say, has another
# type in three tables of every such project.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19
"$folder/venv/bin/python" - >"$folder/said" <<'END'
import django
from django.apps import apps
from django.conf import settings
settings.configure(INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
                   DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
django.setup()
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
state = MigrationLoader(None).project_state().apps
for where, models in (("code", apps), ("migrations", state)):
    through = models.get_model("auth", "User")._meta.get_field("groups").remote_field.through
    print(where, type(through._meta.pk).__name__)
call_command("makemigrations", "--check", "--dry-run", "auth")
END
cat "$folder/said"
for line in 'code AutoField' 'migrations BigAutoField' 'No changes detected'; do
  grep -q "^$line" "$folder/said" || { echo "this has changed: $line"; exit 1; }
done
echo 'as described'
