# SPDX-License-Identifier: MIT
"""Before Alembic: plain SQL, run whenever the application starts and the tables are not there."""

STATEMENTS = (
    'CREATE TABLE IF NOT EXISTS "user" (id VARCHAR(255) NOT NULL, name VARCHAR(255),'
    " email VARCHAR(255), timestamp BIGINT)",
    "CREATE TABLE IF NOT EXISTS tag (id VARCHAR(255) NOT NULL, name VARCHAR(255),"
    " user_id VARCHAR(255), data TEXT)",
    "CREATE UNIQUE INDEX IF NOT EXISTS tag_id ON tag (id)",
)


def handle_legacy_migrations(engine):
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        for statement in STATEMENTS:
            cursor.execute(statement)
        connection.commit()
    finally:
        connection.close()
