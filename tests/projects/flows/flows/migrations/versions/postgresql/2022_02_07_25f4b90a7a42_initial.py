# SPDX-License-Identifier: MIT
"""Types and functions by hand, and tables that use them"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "25f4b90a7a42"
down_revision = None

state_type = postgresql.ENUM("SCHEDULED", "RUNNING", "COMPLETED", name="state_type",
                             create_type=False)


def upgrade():
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm;")
    op.execute("CREATE TYPE state_type AS ENUM ('SCHEDULED', 'RUNNING', 'COMPLETED');")
    op.create_table(
        "flow",
        sa.Column("id", postgresql.UUID(), server_default=sa.text("gen_random_uuid()"),
                  nullable=False),
        sa.Column("created", sa.TIMESTAMP(timezone=True),
                  server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("tags", postgresql.JSONB(astext_type=sa.Text()), server_default="[]",
                  nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flow")),
        sa.UniqueConstraint("name", name=op.f("uq_flow__name")),
    )
    op.create_table(
        "flow_run",
        sa.Column("id", postgresql.UUID(), server_default=sa.text("gen_random_uuid()"),
                  nullable=False),
        sa.Column("flow_id", postgresql.UUID(), nullable=False),
        sa.Column("state_type", state_type),
        sa.Column("start_time", sa.TIMESTAMP(timezone=True)),
        sa.Column("end_time", sa.TIMESTAMP(timezone=True)),
        sa.Column("idempotency_key", sa.String()),
        sa.ForeignKeyConstraint(["flow_id"], ["flow.id"], ondelete="cascade",
                                name=op.f("fk_flow_run__flow_id__flow")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flow_run")),
    )
    op.create_index(op.f("ix_flow_run__flow_id"), "flow_run", ["flow_id"])
    op.create_index("uq_flow_run__flow_id_idempotency_key", "flow_run",
                    ["flow_id", "idempotency_key"], unique=True)
