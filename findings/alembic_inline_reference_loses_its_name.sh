#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Alembic's op.add_column(..., inline_references=True), which saves a second statement and lock, and
# the name of the foreign key.
#
# Seen with Alembic 1.20.1 and SQLAlchemy 2.1.9 (PyPI): ForeignKey("teams.id", name="fk_team") is
# sent as "ALTER TABLE users ADD COLUMN team_id BIGINT REFERENCES teams (id)". The server makes up a
# name, users_team_id_fkey, where the models and every migration after it say fk_team: a later
# op.drop_constraint("fk_team", ...) fails. Without inline_references the name is sent.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check alembic==1.20.1 SQLAlchemy==2.1.9
"$folder/venv/bin/python" - >"$folder/said" <<'END'
import sys
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import BigInteger, Column, ForeignKey
context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": sys.stdout})
op = Operations(context)
for inline in (True, False):
    op.add_column("users", Column("team_id", BigInteger, ForeignKey("teams.id", name="fk_team")),
                  inline_references=inline)
END
cat "$folder/said"
inline=$(head -1 "$folder/said")
[[ $inline == *'REFERENCES teams (id)'* && $inline != *fk_team* ]] || { echo 'this has changed'; exit 1; }
grep -q 'ADD CONSTRAINT fk_team FOREIGN KEY' "$folder/said"
echo 'as described'
