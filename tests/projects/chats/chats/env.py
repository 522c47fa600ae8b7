# SPDX-License-Identifier: MIT
"""The settings of the application, with SQLite where nothing else is said."""
import os

DATABASE_URL = os.environ.get("DATABASE_URL", "sqlite:///data/chats.db")
if DATABASE_URL.startswith("postgres://"):
    DATABASE_URL = DATABASE_URL.replace("postgres://", "postgresql://", 1)
