# SPDX-License-Identifier: MIT
"""A migrations/env.py with which `alembic upgrade head` ends well only if the schema is then what
it should be. Both take the database from DATABASE_URL."""
import os
import subprocess
import sys

from alembic import command, context
from sqlalchemy import create_engine, pool

target_metadata = None  # for autogenerate, your models: Base.metadata
# In an image without PostgreSQL's own programs add "--schema", "schema.lock" (docs/deploy.md).
verify = [os.environ.get("PGMEND", "pgmend"), "verify", "--quiet", "--python", sys.executable]
url = os.environ["DATABASE_URL"]


def run_offline():
    """alembic upgrade head --sql: what would be run is printed."""
    context.configure(url=url, target_metadata=target_metadata, literal_binds=True,
                      dialect_opts={"paramstyle": "named"})
    with context.begin_transaction():
        context.run_migrations()


def run_online():
    """True if this was an upgrade, and the newest revision is reached."""
    steps = []
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        # Nothing is sent before configure(): SQLAlchemy 2 would take the transaction for ours, and
        # Alembic would commit nothing.
        context.configure(connection=connection, target_metadata=target_metadata,
                          transaction_per_migration=True,
                          on_version_apply=lambda **applied: steps.append(applied["step"]))
        with context.begin_transaction():
            context.run_migrations()
        return is_upgrade(steps) and is_at_head(context.get_context().get_current_heads())


def is_upgrade(steps):
    """This file is also run for current, check, stamp, downgrade and revision."""
    asked = getattr(context.config.cmd_opts, "cmd", None)
    if asked:
        return asked[0] is command.upgrade
    return any(step.is_upgrade and not step.is_stamp for step in steps)


def is_at_head(recorded):
    applied = {script.revision for script in context.script.get_all_current(recorded)}
    return applied >= set(context.script.get_heads())


def verify_schema():
    """Says so in one line if it is not as it should be. The migrations stay applied."""
    if "PGMEND_RUN" in os.environ:
        return  # pgmend runs this: it looks by itself, or only wants to see what migrations make
    try:
        ended = subprocess.run(verify, env={**os.environ, "PGMEND_DATABASE_URL": url})
    except OSError as error:
        raise SystemExit(f"migrated, but not verified: {verify[0]}: {error.strerror}")
    if ended.returncode == 1:
        raise SystemExit("migrated, but the schema is not as it should be: pgmend verify")
    if ended.returncode != 0:
        raise SystemExit(f"migrated, but not verified: pgmend ended with {ended.returncode}")


if context.is_offline_mode():
    run_offline()
elif run_online():
    verify_schema()
