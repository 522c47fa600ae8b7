# SPDX-License-Identifier: MIT
"""What the migrations share: they look before they act."""
import sqlalchemy as sa
from alembic import op


def table_has_column(table, column):
    return any(c["name"] == column for c in sa.inspect(op.get_bind()).get_columns(table))


def add_column_if_not_exists(table, column):
    if not table_has_column(table, column.name):
        op.add_column(table, column)
