# SPDX-License-Identifier: MIT
import os

from alembic import context
from bookshop.models import Base
from sqlalchemy import create_engine, pool

url = os.environ["DATABASE_URL"].replace("+asyncpg", "+psycopg2")
engine = create_engine(url, poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()
