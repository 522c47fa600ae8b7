# SPDX-License-Identifier: MIT
"""A migrations/env.py that runs migrations and then pgmend, so that `alembic upgrade` cannot end
well with a schema that is not what was expected."""
import os
import subprocess

from alembic import context
from sqlalchemy import create_engine, pool

url = os.environ["DATABASE_URL"]
engine = create_engine(url, poolclass=pool.NullPool)
with engine.connect() as connection:
    # Nothing is sent before configure(): SQLAlchemy 2 would take the transaction for ours, and
    # Alembic would commit nothing.
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()

if "upgrade" in str(getattr(context.config.cmd_opts, "cmd", "")):
    subprocess.run([os.environ.get("PGMEND", "pgmend"), "verify", "--quiet"], check=True)
