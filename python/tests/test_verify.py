# SPDX-License-Identifier: MIT
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pgmend
import pytest
import sqlalchemy


def ids(report):
    return [(one.id, one.relation, one.name, one.outcome) for one in report.findings]


def test_what_models_made_is_correct(engine, models, server):
    models.create_all(engine)
    report = pgmend.verify(engine, models, scratch=server)
    assert report.ok and report.verdict == "correct" and report.findings == []
    assert report.source == "sqlalchemy:metadata"
    assert report.counts.checked > 5
    assert "Schema is correct" in str(report)


def test_drift_is_a_value_and_ensure_mends_it(engine, models, server, run):
    models.create_all(engine)
    run("ALTER TABLE api_keys DROP COLUMN webhook_url", "DROP INDEX ix_api_keys_user_id")
    report = pgmend.verify(engine, models, scratch=server)
    assert not report.ok and report.exit_code == 1
    assert sorted(ids(report)) == [
        ("column.missing", "api_keys", "webhook_url", "open"),
        ("index.missing", "api_keys", "ix_api_keys_user_id", "open"),
    ]
    assert report.findings[0].where is None or report.findings[0].where.line != 0
    assert "api_keys.webhook_url missing" in str(report)

    dry = pgmend.ensure(engine, models, scratch=server, dry_run=True)
    assert dry.dry_run and dry.findings[0].statements[0].sql.startswith("ALTER TABLE")
    mended = pgmend.ensure(engine, models, scratch=server)
    assert mended.ok and mended.counts.repaired == 2
    assert pgmend.verify(engine, models, scratch=server).ok


def test_consents_and_backfills_are_handed_on(engine, models, server, run):
    models.create_all(engine)
    run("ALTER TABLE users DROP COLUMN email", "INSERT INTO users DEFAULT VALUES",
        "ALTER TABLE api_keys ALTER webhook_url TYPE text")
    report = pgmend.ensure(engine, models, scratch=server)
    assert not report.ok and {one.outcome for one in report.findings} >= {"refused"}
    report = pgmend.ensure(engine, models, scratch=server, allow="alter",
                           backfill={"users.email": "'nobody'"})
    assert report.counts.repaired >= 2, report


@pytest.mark.parametrize("form", ["text", "url", "engine", "connection", "async"])
def test_any_form_of_database(form, request, url, engine, models, server):
    models.create_all(engine)
    given = {"text": url, "url": engine.url, "engine": engine}.get(form)
    if form == "connection":
        with engine.connect() as given:
            assert pgmend.verify(given, models, scratch=server).ok
        return
    if form == "async":
        asynchronous = request.getfixturevalue("asynchronous")
        given = asynchronous.create_async_engine(engine.url.set(drivername="postgresql+asyncpg"))
    assert pgmend.verify(given, models, scratch=server).ok


def test_a_base_a_file_and_what_is_left_out(engine, models, server, run, tmp_path):
    models.create_all(engine)
    base = sqlalchemy.orm.declarative_base(metadata=models)
    assert pgmend.verify(engine, base, scratch=server).ok
    spec = tmp_path / "spec.yaml"
    spec.write_text("tables: {users: {columns: {email: VARCHAR(255) NOT NULL, age: int}}}\n")
    report = pgmend.verify(engine, spec)
    assert ids(report) == [("column.missing", "users", "age", "open")]
    assert report.findings[0].where.line == 1
    run("CREATE TABLE further (id int)")
    assert pgmend.verify(engine, models, scratch=server).ok
    assert not pgmend.verify(engine, models, scratch=server, strict=True).ok
    assert pgmend.verify(engine, models, scratch=server, strict=True, ignore="further").ok


def test_assert_schema_fails_with_the_report(engine, models, server):
    with pytest.raises(pgmend.SchemaMismatch, match="users missing") as caught:
        pgmend.assert_schema(engine, models, scratch=server)
    assert isinstance(caught.value, AssertionError)
    assert caught.value.report.counts.open_drift > 0
    models.create_all(engine)
    assert pgmend.assert_schema(engine, models, scratch=server).ok


def test_generated_columns_are_what_the_scratch_server_makes_of_them(engine, server):
    from sqlalchemy import Column, Computed, Integer, MetaData, Table

    metadata = MetaData()
    Table("t", metadata, Column("a", Integer), Column("b", Integer, Computed("a + 1")))
    metadata.create_all(engine)
    # Where a project takes warnings for errors, SQLAlchemy's own are not in the way.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pgmend.verify(engine, metadata, scratch=server).ok


def error(*args, **further):
    with pytest.raises(pgmend.Error) as caught:
        pgmend.verify(*args, **further)
    return caught.value


def test_databases_that_are_none():
    assert error(42).code == "database"
    sqlite = error(sqlalchemy.create_engine("sqlite://"))
    assert (sqlite.code, sqlite.message) == ("database",
                                             "the engine is for sqlite, not for PostgreSQL")
    own = sqlalchemy.create_engine("postgresql+psycopg2://", creator=lambda: None)
    assert "a function of its own" in error(own).message


def test_models_that_are_none(url):
    assert error(url, object()).code == "expected"
    empty = error(url, sqlalchemy.MetaData())
    assert (empty.code, empty.message) == ("empty", "no table is defined in this metadata")
    assert "import the modules" in empty.hint
    astray = sqlalchemy.MetaData()
    sqlalchemy.Table("a", astray, sqlalchemy.Column(
        "b", sqlalchemy.Integer, sqlalchemy.ForeignKey("nowhere.id")))
    broken = error(url, astray)
    assert broken.code == "models" and "nowhere" in broken.message


def test_runs_that_come_to_nothing(url, models, tmp_path):
    nobody = error("postgresql://nobody@127.0.0.1:1/none", options=["--connect-timeout", "1"],
                   expected=_spec(tmp_path))
    assert nobody.code == "unverified" and nobody.hint and nobody.report.verdict == "unconfirmed"
    unknown = error(url, options=["--stritc"])
    assert (unknown.code, unknown.hint) == ("usage", "did you mean: --strict?")
    assert "no option --stritc" in unknown.message
    missing = error(url, "schema.lock")
    assert missing.code == "usage" and "schema.lock" in str(missing)
    assert error(url, cwd=tmp_path / "nowhere").code == "usage"


def test_a_run_that_takes_too_long_is_stopped(engine, url, tmp_path):
    engine.connect().execute(sqlalchemy.text("SELECT 1"))
    slow = error(url, _spec(tmp_path), timeout=1.0, options=["--wait", "60s"])
    assert slow.code == "timeout"


def test_a_password_is_in_no_argument(monkeypatch, tmp_path):
    program = tmp_path / "program"
    program.write_text('#!/bin/sh\necho "$@" > "$PWD/arguments"\necho "pgmend: no" >&2; exit 2\n')
    program.chmod(0o700)
    monkeypatch.setenv("PGMEND_PROGRAM", str(program))
    assert error("postgresql://a:secret@b/c", _spec(tmp_path)).message == "no"
    assert "secret" not in (tmp_path / "arguments").read_text()


def test_a_python_without_sqlalchemy_says_so(url, tmp_path, server):
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = migrations\n")
    code = ("import pgmend\ntry:\n    pgmend.verify(%r, 'alembic', scratch=%r)\n"
            "except pgmend.Error as error:\n    print(error)\n" % (url, server))
    folder = tmp_path / "package"
    shutil.copytree(Path(pgmend.__file__).parent, folder / "pgmend", symlinks=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare"], check=True)
    done = subprocess.run([tmp_path / "bare/bin/python", "-c", code], capture_output=True,
                          text=True, env={"PYTHONPATH": str(folder), **_program_variable()}, check=False)
    assert "bare/bin/python has no sqlalchemy" in done.stdout, done
    assert "Traceback" not in done.stderr


def _program_variable():
    import os

    return {name: os.environ[name] for name in ("PGMEND_PROGRAM",) if name in os.environ}


def _spec(folder):
    spec = folder / "spec.yaml"
    spec.write_text("tables: {users: {columns: {email: text}}}\n")
    return spec
