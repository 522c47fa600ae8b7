# SPDX-License-Identifier: MIT
"""What many deploy scripts do: one question to information_schema for each column and index."""
import sys

import psycopg2
import synthetic

COLUMN = ("SELECT 1 FROM information_schema.columns "
          "WHERE table_schema = 'public' AND table_name = %s AND column_name = %s")
INDEX = "SELECT 1 FROM pg_indexes WHERE schemaname = 'public' AND tablename = %s AND indexname = %s"

with psycopg2.connect(sys.argv[1]) as connection, connection.cursor() as cursor:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for (table,) in cursor.fetchall():
        wanted = [(COLUMN, name) for name, _ in synthetic.COLUMNS]
        wanted += [(INDEX, f"{table}_{name}") for name, _, _ in synthetic.INDEXES]
        for question, name in wanted:
            cursor.execute(question, (table, name))
            if not cursor.fetchone():
                sys.exit(f"{table}.{name} is missing")
