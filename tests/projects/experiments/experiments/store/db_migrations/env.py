# SPDX-License-Identifier: MIT
"""A fresh database gets the oldest tables by create_all(), all that came later by migrations."""
import os

from alembic import context
from experiments.store.initial_models import Base
from sqlalchemy import engine_from_config, inspect, pool

config = context.config
config.set_main_option("sqlalchemy.url", os.environ["EXPERIMENTS_TRACKING_URI"].replace("%", "%%"))

engine = config.attributes.get("connection") or engine_from_config(
    config.get_section(config.config_ini_section), prefix="sqlalchemy.", poolclass=pool.NullPool)
if not inspect(engine).has_table("experiments"):
    Base.metadata.create_all(engine)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
