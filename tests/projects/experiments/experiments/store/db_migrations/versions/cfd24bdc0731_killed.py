# SPDX-License-Identifier: MIT
"""A new status: the CHECK is exchanged together with the column's type"""
import sqlalchemy as sa
from alembic import op

revision = "cfd24bdc0731"
down_revision = "451aebb31d03"
old = ["SCHEDULED", "FAILED", "FINISHED", "RUNNING"]


def upgrade():
    with op.batch_alter_table("runs") as batch_op:
        batch_op.drop_constraint("status", type_="check")
        batch_op.alter_column(
            "status", existing_type=sa.String(20),
            type_=sa.Enum(*old, "KILLED", create_constraint=True, native_enum=False,
                          name="status"))
