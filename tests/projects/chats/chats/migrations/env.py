# SPDX-License-Identifier: MIT
from alembic import context
from chats.db import engine
from chats.env import DATABASE_URL
from chats.legacy import handle_legacy_migrations
from chats.models import Base
from sqlalchemy import engine_from_config, pool

config = context.config
config.set_main_option("sqlalchemy.url", DATABASE_URL.replace("%", "%%"))
handle_legacy_migrations(engine)

connectable = engine_from_config(config.get_section(config.config_ini_section, {}),
                                 prefix="sqlalchemy.", poolclass=pool.NullPool)
with connectable.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()
