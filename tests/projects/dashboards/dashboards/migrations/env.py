# SPDX-License-Identifier: MIT
from logging.config import fileConfig

from alembic import context
from flask import current_app

config = context.config
fileConfig(config.config_file_name)
db = current_app.extensions["migrate"].db

url = db.engine.url.render_as_string(hide_password=False)
config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))

with db.engine.connect() as connection:
    context.configure(connection=connection, target_metadata=db.metadata,
                      **current_app.extensions["migrate"].configure_args)
    with context.begin_transaction():
        context.run_migrations()
