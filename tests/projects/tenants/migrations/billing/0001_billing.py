# SPDX-License-Identifier: MIT
"""A branch of its own, which needs the first of the other"""
import sqlalchemy as sa
from alembic import op

revision = "bill1"
down_revision = None
branch_labels = ("billing",)
depends_on = "core1"


def upgrade():
    op.execute("CREATE SCHEMA billing")
    op.create_table(
        "invoice",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True, start=1000), primary_key=True),
        sa.Column("tenant_id", sa.BigInteger(), sa.ForeignKey("core.tenant.id"), nullable=False),
        sa.Column("amount", sa.Numeric(12, 2), nullable=False),
        sa.CheckConstraint("amount >= 0", name="amount_is_not_negative"),
        schema="billing",
    )
