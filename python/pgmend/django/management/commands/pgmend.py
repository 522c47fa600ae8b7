# SPDX-License-Identifier: MIT
"""``manage.py pgmend verify`` and ``manage.py pgmend ensure``.

What is expected are the models of the installed apps; ``--expected FILE`` says otherwise.
"""
from __future__ import annotations

import argparse
import shlex
import tempfile
from pathlib import Path
from typing import Any, Optional
from urllib.parse import quote

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

import pgmend
from pgmend.django.models_sql import statements

#: What Django hands to the driver, and libpq calls otherwise.
NAMES = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


class Command(BaseCommand):
    help = "Compares the database with what its models say, and adds what is missing."
    requires_system_checks: Any = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("job", choices=["verify", "ensure"],
                            help="verify changes nothing; ensure adds what is missing")
        parser.add_argument("--database", default="default", help="of DATABASES (default)")
        parser.add_argument("--expected", metavar="SOURCE", help="a file (the models)")
        parser.add_argument("options", nargs="*", metavar="-- OPTION",
                            help="further options of pgmend")

    def handle(self, *_: Any, **given: Any) -> None:
        run = pgmend.verify if given["job"] == "verify" else pgmend.ensure
        alias = given["database"]
        with tempfile.TemporaryDirectory(prefix="pgmend-") as folder:
            try:
                report = run(url_of(alias), given["expected"] or models(alias, Path(folder)),
                             options=given["options"], called_as=called(alias, given["expected"]))
            except pgmend.Error as error:
                raise CommandError(f"pgmend: {error}") from error
        self.stdout.write(str(report))
        if not report.ok:
            raise SystemExit(report.exit_code)


def called(alias: str, expected: Optional[str]) -> str:
    words = "manage.py pgmend {command}"
    if alias != "default":
        words += f" --database {alias}"
    return words + (f" --expected {shlex.quote(expected)}" if expected else "")


def models(alias: str, folder: Path) -> Path:
    """What Django's schema editor would send for them, as a file."""
    made = statements(alias)
    if not made:
        raise CommandError("no installed app has a model")
    file = folder / "models.sql"
    file.write_text("\n".join(made), encoding="utf-8")
    return file


def url_of(alias: str) -> str:
    """Of an entry of DATABASES."""
    if connections[alias].vendor != "postgresql":
        raise CommandError(f"database {alias} is {connections[alias].vendor}, not PostgreSQL")
    settings = connections[alias].settings_dict
    words = {name: str(settings[key]) for key, name in NAMES.items() if settings.get(key)}
    words["dbname"] = str(settings["NAME"])
    words.update({key: str(value) for key, value in settings.get("OPTIONS", {}).items()
                  if key.startswith("ssl") or key in ("service", "passfile", "options")})
    return "postgresql:///?" + "&".join(f"{key}={quote(value, safe='')}"
                                        for key, value in words.items())
