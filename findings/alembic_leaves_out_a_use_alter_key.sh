#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Alembic's autogenerate, for two tables of which one refers to the other by a key with use_alter=True.
#
# Seen with Alembic 1.20.1 and SQLAlchemy 2.0.58 (PyPI), server PostgreSQL 16.2: the revision has the
# key inside of op.create_table(), use_alter and all, where it is not sent with CREATE TABLE and nothing
# sends it afterwards. The upgrade runs through, the key is not there, and the next comparison of the
# same models finds it missing. SQLAlchemy's own create_all() makes it, by an ALTER TABLE.
set -euo pipefail

# shellcheck source=findings/lib/server.sh
. "$(dirname "$0")/lib/server.sh"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check alembic==1.20.1 SQLAlchemy==2.0.58 psycopg2-binary==2.9.13
"$folder/venv/bin/python" - "postgresql+psycopg2://postgres@127.0.0.1:$PGPORT/postgres" >"$folder/said" <<'END'
import sys
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations import Operations
models = sa.MetaData()
sa.Table("nests", models, sa.Column("id", sa.Integer, primary_key=True),
         sa.Column("bird_id", sa.Integer, sa.ForeignKey("birds.id", name="fk_bird", use_alter=True)))
sa.Table("birds", models, sa.Column("id", sa.Integer, primary_key=True))
keys = sa.text("SELECT conname FROM pg_constraint WHERE contype = 'f'")
engine = sa.create_engine(sys.argv[1])
with engine.begin() as connection:
    context = MigrationContext.configure(connection)
    revision = render_python_code(produce_migrations(context, models).upgrade_ops)
    print(revision)
    made = {"sa": sa}
    exec("def upgrade(op):\n    " + revision, made)
    with Operations.context(context) as op:
        made["upgrade"](op)
    print("after the upgrade:", connection.execute(keys).scalars().all())
    print("compared again:", [each[0] for each in compare_metadata(context, models)])
    connection.execute(sa.text("DROP TABLE nests, birds"))
    models.create_all(connection)
    print("by create_all:", connection.execute(keys).scalars().all())
END
cat "$folder/said"
grep -q "name='fk_bird', use_alter=True" "$folder/said"
grep -qx 'after the upgrade: \[\]' "$folder/said"
grep -qx "compared again: \['add_fk'\]" "$folder/said"
grep -qx "by create_all: \['fk_bird'\]" "$folder/said"
echo 'as described'
