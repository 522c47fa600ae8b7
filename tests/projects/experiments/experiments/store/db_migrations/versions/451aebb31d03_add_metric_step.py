# SPDX-License-Identifier: MIT
"""add metric step"""
import sqlalchemy as sa
from alembic import op

revision = "451aebb31d03"
down_revision = None


def upgrade():
    op.add_column("metrics", sa.Column("step", sa.BigInteger(), nullable=False,
                                       server_default="0"))
    with op.batch_alter_table("metrics") as batch_op:
        batch_op.drop_constraint(constraint_name="metric_pk", type_="primary")
        batch_op.create_primary_key(constraint_name="metric_pk",
                                    columns=["key", "timestamp", "step", "run_uuid"])
