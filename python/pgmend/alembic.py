# SPDX-License-Identifier: MIT
"""For migrations/env.py: the last lines of it are

    import pgmend.alembic

    pgmend.alembic.verify(context)

After `alembic upgrade head` the schema is then what the migrations say, or the command fails with
the report. `ensure` repairs what is missing first.
"""
from __future__ import annotations

import os
from typing import Any, Callable, Optional

import pgmend
from pgmend._expected import Expected
from pgmend.report import Report

__all__ = ["ensure", "verify"]


def verify(context: Any, expected: Expected = "alembic", *, database: Any = None,
           **further: Any) -> Optional[Report]:
    """Where this run was an upgrade to the head: raises Alembic's CommandError, whose message is
    the report, if the schema is not what is expected.

    ``context`` is ``alembic.context``. The database is the one that env.py connected to, or
    ``database``; ``further``: what `pgmend.verify` takes. Nothing is done, and nothing returned, in
    offline mode, in other commands, and where pgmend itself runs the migrations.
    """
    return _after_upgrade(context, pgmend.verify, expected, database, further)


def ensure(context: Any, expected: Expected = "alembic", *, database: Any = None,
           **further: Any) -> Optional[Report]:
    """As `verify`, after adding what is missing. ``further``: what `pgmend.ensure` takes."""
    return _after_upgrade(context, pgmend.ensure, expected, database, further)


def _after_upgrade(context: Any, run: Callable[..., Report], expected: Expected, database: Any,
                   further: dict[str, Any]) -> Optional[Report]:
    if not _is_upgrade_to_head(context):
        return None
    from alembic.util import CommandError

    if database is None:
        database = _connected_to(context)
    try:
        report = run(database, expected, **further)
    except pgmend.Error as error:
        raise CommandError(f"pgmend: {error}") from error
    if not report.ok:
        raise CommandError(str(report))
    return report


def _is_upgrade_to_head(context: Any) -> bool:
    """env.py is also what `current`, `stamp`, `revision --autogenerate` and others run."""
    if os.environ.get("PGMEND_RUN") or context.is_offline_mode():
        return False
    environment = getattr(context, "_proxy", context)  # alembic.context stands for one of these
    function = environment.context_opts.get("fn")
    if getattr(function, "__name__", "") != "upgrade":
        return False
    return _ids(environment.get_revision_argument()) == _ids(environment.get_head_revisions())


def _ids(revisions: Any) -> set[str]:
    return {revisions} if isinstance(revisions, str) else set(revisions or ())


def _connected_to(context: Any) -> Any:
    """By now the connection is closed; it still knows its engine."""
    connection = context.get_context().connection
    if connection is None:
        raise pgmend.Error("database", "env.py gave no connection",
                           "name the database: pgmend.alembic.verify(context, database=url)")
    return connection.engine
