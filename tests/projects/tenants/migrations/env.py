# SPDX-License-Identifier: MIT
"""The version table stands in a schema of its own, which this file creates."""
from alembic import context
from sqlalchemy import create_engine, text

engine = create_engine(context.config.get_main_option("sqlalchemy.url"),
                       connect_args={"options": "-c search_path=core,public"})
with engine.begin() as connection:
    connection.execute(text("CREATE SCHEMA IF NOT EXISTS ops"))
with engine.connect() as connection:
    context.configure(connection=connection, version_table="schema_version",
                      version_table_schema="ops", include_schemas=True)
    with context.begin_transaction():
        context.run_migrations()
