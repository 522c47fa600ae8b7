# SPDX-License-Identifier: MIT
"""The application makes its engine while it is imported, from a variable of its own name."""
import os

from sqlalchemy import create_engine, pool

SQL_ALCHEMY_CONN = os.environ.get("WORKFLOWS__DATABASE__SQL_ALCHEMY_CONN", "sqlite:///workflows.db")
engine = create_engine(SQL_ALCHEMY_CONN, poolclass=pool.NullPool)
