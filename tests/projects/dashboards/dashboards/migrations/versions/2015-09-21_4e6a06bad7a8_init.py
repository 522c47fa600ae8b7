# SPDX-License-Identifier: MIT
"""Init"""
import sqlalchemy as sa
from alembic import op

revision = "4e6a06bad7a8"
down_revision = None


def upgrade():
    op.create_table(
        "slices",
        sa.Column("created_on", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slice_name", sa.String(length=250), nullable=True),
        sa.Column("params", sa.Text(), nullable=True),
        sa.Column("created_by_fk", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_fk"], ["ab_user.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
