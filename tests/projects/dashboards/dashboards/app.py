# SPDX-License-Identifier: MIT
"""An application in two halves: its own tables come from migrations, those of the security
library from create_all() whenever the application is made."""
import os

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()
migrate = Migrate()


def create_app():
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DASHBOARDS_DB_URI"]
    db.init_app(app)
    migrate.init_app(app, db, directory="dashboards/migrations")
    with app.app_context():
        from dashboards import models, security

        security.create_db(db.engine)
        assert models.Slice.__tablename__
    return app
