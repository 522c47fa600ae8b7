# SPDX-License-Identifier: MIT
import os
import subprocess
import sys

import pytest
import sqlalchemy
from pgmend import _program

pytest.importorskip("alembic")

ENV = '''
import os
import pgmend.alembic
from alembic import context
from sqlalchemy import create_engine

if context.is_offline_mode():
    context.configure(url=os.environ["APPLICATION_DATABASE"], literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    engine = create_engine(os.environ["APPLICATION_DATABASE"])
    with engine.connect() as connection:
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()

done = pgmend.alembic.%s(context, scratch=os.environ.get("SCRATCH"))
print("pgmend:", done and done.verdict)
'''
REVISION = '''
revision = "%s"
down_revision = %r
from alembic import op


def upgrade():
    op.execute("%s")


def downgrade():
    op.execute("%s")
'''


@pytest.fixture
def alembic(tmp_path, url, server):
    """Runs a command of a project with two revisions; the database is in a variable of its own."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = migrations\n")
    (folder / "versions" / "a.py").write_text(
        REVISION % ("a", None, "CREATE TABLE users (id int)", "DROP TABLE users"))
    (folder / "versions" / "b.py").write_text(REVISION % (
        "b", "a", "ALTER TABLE users ADD name text", "ALTER TABLE users DROP name"))
    (folder / "script.py.mako").write_text("# nothing\n")
    write_env(tmp_path, "verify")

    def run(*args, program=(sys.executable, "-m", "alembic")):
        return subprocess.run([*program, *args], capture_output=True, text=True, check=False,
                              env={**os.environ, "APPLICATION_DATABASE": url, "SCRATCH": server})

    return run


def write_env(folder, job):
    (folder / "migrations" / "env.py").write_text(ENV % job)


def test_an_upgrade_to_the_head_is_verified(alembic):
    done = alembic("upgrade", "head")
    assert done.returncode == 0, done
    assert done.stdout.count("pgmend: correct") == 1
    assert "pgmend: correct" in alembic("upgrade", "heads").stdout


def test_a_drift_fails_the_command_with_the_report(alembic, run):
    alembic("upgrade", "head")
    run("ALTER TABLE users DROP name")
    done = alembic("upgrade", "head")
    assert done.returncode != 0
    assert "users.name missing" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_ensure_mends_it(alembic, run, tmp_path):
    alembic("upgrade", "head")
    run("ALTER TABLE users DROP name")
    write_env(tmp_path, "ensure")
    done = alembic("upgrade", "head")
    assert done.returncode == 0 and "pgmend: correct" in done.stdout, done
    run("SELECT name FROM users")


def test_other_commands_are_left_alone(alembic, run):
    assert "pgmend: None" in alembic("upgrade", "a").stdout
    for command in (["current"], ["upgrade", "head", "--sql"], ["downgrade", "base"],
                    ["stamp", "head"]):
        done = alembic(*command)
        assert done.returncode == 0, done
        assert "pgmend: None" in done.stdout, done


def test_in_runs_of_pgmend_nothing_is_done(alembic, url, server):
    done = alembic("migrate", "--database", url, "--scratch", server, "--python", sys.executable,
                   "--schema", "alembic:", "--", sys.executable, "-m", "alembic", "upgrade", "head",
                   program=[str(_program.find())])
    assert done.returncode == 0, done
    assert "pgmend: None" in done.stdout


def test_what_keeps_it_from_comparing_is_told_in_words(alembic, tmp_path):
    env = tmp_path / "migrations" / "env.py"
    env.write_text(env.read_text().replace("scratch=", "database='postgresql://x@127.0.0.1:1/x',"
                                           " scratch="))
    done = alembic("upgrade", "head")
    assert done.returncode != 0 and "127.0.0.1" in done.stderr + done.stdout, done
    assert "Traceback" not in done.stderr


def test_an_env_that_is_asynchronous(alembic, asynchronous, tmp_path, url):
    if sqlalchemy.__version__ < "1.4.30":
        pytest.skip("too old")
    (tmp_path / "migrations" / "env.py").write_text('''
import asyncio, os
import pgmend.alembic
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine

def migrate(connection):
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()

async def main():
    url = os.environ["APPLICATION_DATABASE"].replace("psycopg2", "asyncpg")
    async with create_async_engine(url).connect() as connection:
        await connection.run_sync(migrate)

asyncio.run(main())
done = pgmend.alembic.verify(context, scratch=os.environ.get("SCRATCH"))
print("pgmend:", done and done.verdict)
''')
    done = alembic("upgrade", "head")
    assert done.returncode == 0 and "pgmend: correct" in done.stdout, done
