# SPDX-License-Identifier: MIT
"""Takes the application's own engine, not a URL of the configuration."""
from alembic import context
from workflows import models, settings

with settings.engine.connect() as connection:
    context.configure(connection=connection, target_metadata=models.Base.metadata,
                      transaction_per_migration=True, compare_type=True, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
