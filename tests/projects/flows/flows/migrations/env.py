# SPDX-License-Identifier: MIT
"""Asynchronous, and each migration in a transaction of its own."""
import asyncio

import sqlalchemy as sa
from alembic import context
from flows.settings import CONNECTION_URL
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool


def do_run_migrations(connection):
    context.configure(connection=connection, target_metadata=sa.MetaData(),
                      include_schemas=True, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


async def apply_migrations():
    engine = create_async_engine(CONNECTION_URL, poolclass=NullPool,
                                 connect_args={"server_settings": {"application_name": "flows"}})
    async with engine.connect() as connection:
        await connection.run_sync(do_run_migrations)
    await engine.dispose()


asyncio.run(apply_migrations())
