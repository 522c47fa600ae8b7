# SPDX-License-Identifier: MIT
"""Runs the migrations. `-x autocommit` is how they run where a pooler forbids long transactions."""
import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine, pool

config = context.config
fileConfig(config.config_file_name)


def url():
    """The application is asynchronous, its migrations are not."""
    found = os.environ.get("DATABASE_URL") or config.get_main_option("sqlalchemy.url")
    return found.replace("+asyncpg", "+psycopg2")


def run():
    options = {}
    if "autocommit" in context.get_x_argument(as_dictionary=True):
        options["isolation_level"] = "AUTOCOMMIT"
    engine = create_engine(url(), poolclass=pool.NullPool, **options)
    with engine.connect() as connection:
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()


run()
