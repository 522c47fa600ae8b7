# SPDX-License-Identifier: MIT
"""What is expected, and which database, as the program's own words."""
from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Iterable, Optional, Union

from pgmend import _program
from pgmend.errors import Error

#: A source as the command line has it (``"alembic"``, ``"sqlalchemy:app.db:Base"``, the path of a
#: lock file, of SQL or of a pgmend.yaml, a URL), or models: MetaData, a declarative base, a
#: registry, Flask-SQLAlchemy's db. Several of one sort are merged.
Expected = Union[None, str, "os.PathLike[str]", Any]

#: The file in which recorded models are handed over.
ANSWERS = "models.json"
WORDS = {"alembic": "alembic:", "sqlalchemy": "sqlalchemy:"}


def database_url(database: Any) -> Optional[str]:
    """Of a URL as text, of SQLAlchemy's URL, of an Engine, an AsyncEngine or a Connection."""
    if database is None or isinstance(database, str):
        return database
    url = getattr(getattr(database, "engine", database), "url", database)
    render = getattr(url, "render_as_string", None)
    if render is None:
        raise Error("database", f"this is no database: {type(database).__name__}",
                    "give its URL, or SQLAlchemy's engine")
    system = str(url.drivername).split("+")[0]
    if system not in ("postgresql", "postgres"):
        raise Error("database", f"the engine is for {system}, not for PostgreSQL",
                    "give the URL or engine of a PostgreSQL database")
    if url.host is None and url.database is None and not url.query:
        raise Error("database", "the engine's URL names no database: it connects by a function of "
                    "its own", "give the URL: pgmend.verify('postgresql://app@db/app')")
    return str(render(hide_password=False))


def has_password(url: str) -> bool:
    """Also in the query, or in libpq's words."""
    return "password" in url or "@" in url and ":" in url.split("@")[0].split("://")[-1]


def source_options(expected: Expected, folder: Path) -> list[str]:
    """``--schema`` and what goes with it. What has to be in a file is put into `folder`."""
    given = expected if isinstance(expected, (list, tuple)) else [expected]
    sources = [one for one in given if one is not None]
    words = [_word(one) for one in sources]
    models = [one for one, word in zip(sources, words) if word is None]
    options = [part for word in words if word is not None for part in ("--schema", word)]
    if models:
        answers = folder / ANSWERS
        answers.write_text(json.dumps({"models": _recorded(models)}), encoding="utf-8")
        return [*options, "--schema", "sqlalchemy:metadata", "--python", str(answers)]
    if any(option.startswith(("alembic:", "sqlalchemy:")) for option in options):
        options += ["--python", _program.python()]
    return options


def _word(source: Any) -> Optional[str]:
    """Nothing for models."""
    if isinstance(source, str):
        return WORDS.get(source, source)
    return os.fspath(source) if isinstance(source, os.PathLike) else None


def _recorded(models: Iterable[Any]) -> dict[str, Any]:
    """By the major version since which it is so: since 18 a generated column is VIRTUAL where
    nothing is said."""
    try:
        from pgmend import _recording
    except ImportError as error:
        raise Error("program", "the recorder of models is not in this package",
                    _program.REINSTALL) from error
    found: list[Any] = []
    for one in models:
        inside = _metadata_in(_recording, one)
        if not inside:
            raise Error("expected", f"this is no source: {type(one).__name__}",
                        "give Base.metadata, 'alembic', or the path of a file")
        found += [metadata for metadata in inside if not any(metadata is known for known in found)]
    if not any(metadata.tables for metadata in found):
        raise Error("empty", "no table is defined in this metadata",
                    "import the modules that define the models before")
    try:
        return {since: _recording.record(found, [], major)
                for since, major in (("0", 17), ("18", 18))}
    except (Exception, _recording.Refusal) as error:
        said = _recording.describe(error)
        place = f"{said['file']}:{said['line']}: " if said.get("file") else ""
        raise Error("models", place + said["error"], said.get("hint") or None) from error


def _metadata_in(recording: Any, value: Any) -> list[Any]:
    try:
        found: list[Any] = recording.metadata_in(value)
    except ModuleNotFoundError:  # this Python has no SQLAlchemy: then it is no metadata
        return []
    return found
