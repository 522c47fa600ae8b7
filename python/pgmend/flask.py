# SPDX-License-Identifier: MIT
"""``flask pgmend verify`` and ``flask pgmend ensure``: there as soon as pgmend is installed.

The database is the application's (SQLALCHEMY_DATABASE_URI). What is expected are its migrations if
it has Flask-Migrate, else its models; --expected says otherwise.
"""
from __future__ import annotations

import shlex
import sys
from typing import Any, Callable, Optional

import click
from flask import current_app
from flask.cli import with_appcontext

import pgmend
from pgmend.report import Report

__all__ = ["command"]


@click.group("pgmend", help="Compares the database with what it should be.")
def command() -> None:
    pass


def _options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.argument("options", nargs=-1, type=click.UNPROCESSED),
        click.option("--expected", metavar="SOURCE",
                     help="alembic, models, or a file (alembic with Flask-Migrate, else models)"),
    ):
        function = option(function)
    return function


@command.command("verify", context_settings={"ignore_unknown_options": True},
                 help="Says where they differ. Further OPTIONS are those of pgmend verify.")
@_options
@with_appcontext
def verify(expected: Optional[str], options: tuple[str, ...]) -> None:
    _end(pgmend.verify, expected, options)


@command.command("ensure", context_settings={"ignore_unknown_options": True},
                 help="Adds what is missing. Further OPTIONS are those of pgmend ensure.")
@_options
@with_appcontext
def ensure(expected: Optional[str], options: tuple[str, ...]) -> None:
    _end(pgmend.ensure, expected, options)


def _end(run: Callable[..., Report], expected: Optional[str], options: tuple[str, ...]) -> None:
    try:
        report = run(_database(), _expected(expected), options=options, called_as=_called(expected))
    except pgmend.Error as error:
        click.echo(f"pgmend: {error}", err=True)
        sys.exit(error.report.exit_code if error.report else 2)
    click.echo(str(report))
    sys.exit(report.exit_code)


def _called(expected: Optional[str]) -> str:
    return "flask pgmend {command}" + (f" --expected {shlex.quote(expected)}" if expected else "")


def _database() -> Any:
    config = current_app.config
    url = config.get("SQLALCHEMY_DATABASE_URI")
    if url is None and "sqlalchemy" in current_app.extensions:
        return _models().engine
    return url  # nothing: as pgmend finds it


def _expected(given: Optional[str]) -> Any:
    has_migrate = "migrate" in current_app.extensions
    if given == "models" or (given is None and not has_migrate):
        return _models()
    if given in (None, "alembic") and has_migrate:
        return f"alembic:{current_app.extensions['migrate'].directory}/alembic.ini"
    return given


def _models() -> Any:
    """Flask-SQLAlchemy's db, in version 2 behind a state."""
    extension = current_app.extensions.get("sqlalchemy")
    if extension is None:
        raise pgmend.Error("expected", "this application has no Flask-SQLAlchemy",
                           "name what is expected: flask pgmend verify --expected alembic")
    return getattr(extension, "db", extension)
