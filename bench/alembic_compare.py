# SPDX-License-Identifier: MIT
"""Alembic's own comparison of a database with models that say the same."""
import sys

import sqlalchemy as sa
import synthetic
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects import postgresql

TYPES = {
    "bigint": sa.BigInteger(), "text": sa.Text(), "character varying(200)": sa.String(200),
    "numeric(12,2)": sa.Numeric(12, 2), "integer": sa.Integer(), "boolean": sa.Boolean(),
    "timestamp with time zone": sa.DateTime(timezone=True), "date": sa.Date(),
    "jsonb": postgresql.JSONB(), "text[]": postgresql.ARRAY(sa.Text()),
    "double precision": postgresql.DOUBLE_PRECISION(), "uuid": postgresql.UUID(),
}


def column(name, definition, enum):
    if definition.startswith("{schema}"):
        kind = postgresql.ENUM("new", "open", "closed", name=f"state_{enum}", create_type=False)
    else:
        kind = next(t for text, t in TYPES.items()
                    if definition == text or definition.startswith(text + " "))
    return sa.Column(name, kind, nullable="NOT NULL" not in definition, primary_key=name == "id")


def table(metadata, i):
    name = synthetic.table_name(i)
    enum = i // synthetic.TABLES_PER_ENUM
    made = sa.Table(name, metadata, *[column(n, d, enum) for n, d in synthetic.COLUMNS])
    if i:
        made.append_constraint(sa.ForeignKeyConstraint(
            ["parent_id"], [f"{synthetic.table_name(i // 2)}.id"], name=f"{name}_parent_fkey"))
    sa.Index(f"{name}_code_key", made.c.code, unique=True)
    sa.Index(f"{name}_state_idx", made.c.state, made.c.created_at.desc())
    sa.Index(f"{name}_lower_name_idx", sa.func.lower(made.c.name))
    sa.Index(f"{name}_due_idx", made.c.due_on, postgresql_where=made.c.is_active)
    sa.Index(f"{name}_parent_idx", made.c.parent_id)


def main():
    metadata = sa.MetaData()
    for i in range(int(sys.argv[2])):
        table(metadata, i)
    engine = sa.create_engine(sys.argv[1].replace("postgresql://", "postgresql+psycopg2://"))
    with engine.connect() as connection:
        compare_metadata(MigrationContext.configure(connection), metadata)


if __name__ == "__main__":
    main()
