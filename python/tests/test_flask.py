# SPDX-License-Identifier: MIT
import os
import subprocess
import sys

import pytest

pytest.importorskip("flask_sqlalchemy")
pytestmark = pytest.mark.slow

APPLICATION = '''
import os
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["APPLICATION_DATABASE"]
app.config["SQLALCHEMY_TRACK_MODIFICATIONS"] = False
db = SQLAlchemy(app)


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80), index=True)
'''
# Entry points are those of an installed package; these tests run without that, too.
REGISTER = '''
from pgmend.flask import command
if "pgmend" not in app.cli.commands:
    app.cli.add_command(command)
'''


@pytest.fixture
def flask(tmp_path, url, server):
    (tmp_path / "app.py").write_text(APPLICATION + REGISTER)

    def run(*args):
        return subprocess.run([sys.executable, "-m", "flask", "pgmend", *args],
                              capture_output=True, text=True, check=False,
                              env={**os.environ, "APPLICATION_DATABASE": url, "FLASK_APP": "app"})

    return run


def test_models_are_verified_and_ensured(flask, run, server):
    run('CREATE TABLE "user" (id serial PRIMARY KEY)')
    done = flask("verify", "--scratch", server)
    assert done.returncode == 1, done
    assert "user.name missing" in done.stdout and "ix_user_name missing" in done.stdout
    done = flask("ensure", "--scratch", server)
    assert done.returncode == 0 and "Schema fixed" in done.stdout, done
    assert flask("verify", "--scratch", server, "--strict").returncode == 0


def test_words_and_no_traceback(flask, tmp_path):
    done = flask("verify", "--expected", "nothing.yaml")
    assert done.returncode == 2, done
    assert done.stderr.startswith("pgmend: ") and "nothing.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_migrations_where_there_are_some(flask, tmp_path, server):
    pytest.importorskip("flask_migrate")
    with open(tmp_path / "app.py", "a", encoding="utf-8") as file:
        file.write("from flask_migrate import Migrate\nMigrate(app, db)\n")
    for command in (["init"], ["migrate", "-m", "first"], ["upgrade"]):
        done = subprocess.run([sys.executable, "-m", "flask", "db", *command], capture_output=True,
                              text=True, check=False, cwd=tmp_path,
                              env={**os.environ, "FLASK_APP": "app",
                                   "APPLICATION_DATABASE": _url(flask)})
        assert done.returncode == 0, done
    done = flask("verify", "--scratch", server)
    assert done.returncode == 0 and "Alembic" in done.stdout, done


def _url(flask):
    return flask.__closure__[0].cell_contents
