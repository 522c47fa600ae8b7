# SPDX-License-Identifier: MIT
import os
import subprocess
import sys

import pytest

pytest.importorskip("django")
pytestmark = pytest.mark.slow

MANAGE = '''
import os, sys
from django.core.management import execute_from_command_line
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
execute_from_command_line(sys.argv)
'''
SETTINGS = '''
import os
from urllib.parse import urlparse, parse_qsl
url = urlparse(os.environ["APPLICATION_DATABASE"])
query = dict(parse_qsl(url.query))
SECRET_KEY = "x"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "shop", "pgmend.django"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": url.path[1:],
                         "USER": url.username or "postgres", "PASSWORD": url.password or "",
                         "HOST": query.get("host") or url.hostname or "",
                         "PORT": query.get("port") or url.port or ""},
             "other": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
'''
MODELS = '''
from django.conf import settings
from django.db import models


class Order(models.Model):
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    number = models.CharField(max_length=30, unique=True)
    paid = models.BooleanField(default=False)
    tags = models.ManyToManyField("Tag")

    class Meta:
        indexes = [models.Index(fields=["paid", "number"], name="open_orders")]
        constraints = [models.CheckConstraint(name="has_a_number",
                                              CHECK=~models.Q(number=""))]


class Tag(models.Model):
    name = models.SlugField()


class Proxy(Order):
    class Meta:
        proxy = True


class Foreign(models.Model):
    class Meta:
        managed = False
'''


@pytest.fixture
def manage(tmp_path, url):
    import django

    word = "condition" if django.VERSION >= (5, 1) else "check"
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").touch()
    (tmp_path / "shop" / "models.py").write_text(MODELS.replace("CHECK", word))
    (tmp_path / "settings.py").write_text(SETTINGS)
    (tmp_path / "manage.py").write_text(MANAGE)

    def run(*args):
        return subprocess.run([sys.executable, "manage.py", *args], capture_output=True, text=True,
                              check=False, cwd=tmp_path,
                              env={**os.environ, "APPLICATION_DATABASE": url})

    return run


def test_what_migrations_made_is_what_models_say(manage, run, server):
    for command in (["makemigrations", "shop"], ["migrate"]):
        done = manage(*command)
        assert done.returncode == 0, done
    done = manage("pgmend", "verify", "--", "--scratch", server)
    assert done.returncode == 0, done.stdout + done.stderr
    run("ALTER TABLE shop_order DROP COLUMN paid",
        "ALTER TABLE shop_order DROP CONSTRAINT has_a_number")
    done = manage("pgmend", "verify", "--", "--scratch", server)
    assert done.returncode == 1, done
    for what in ("shop_order.paid missing", "open_orders missing", "has_a_number missing"):
        assert what in done.stdout
    run("INSERT INTO shop_tag (name) VALUES ('a')")
    done = manage("pgmend", "ensure", "--", "--scratch", server)
    assert done.returncode == 0, done
    assert manage("pgmend", "verify", "--", "--scratch", server).returncode == 0


def test_words_and_no_traceback(manage):
    done = manage("pgmend", "verify", "--database", "other")
    assert done.returncode != 0 and "database other is sqlite, not PostgreSQL" in done.stderr
    done = manage("pgmend", "verify", "--expected", "nothing.yaml")
    assert done.returncode != 0 and "nothing.yaml" in done.stderr
    assert "Traceback" not in done.stderr
