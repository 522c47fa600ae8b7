# SPDX-License-Identifier: MIT
"""Indexes that are built beside running flows, and a label more"""
import sqlalchemy as sa
from alembic import op

revision = "b2c1b8a4ff0d"
down_revision = "25f4b90a7a42"


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE state_type ADD VALUE IF NOT EXISTS 'CRASHED'")
        op.execute("ALTER TYPE state_type ADD VALUE IF NOT EXISTS 'PAUSED' BEFORE 'COMPLETED'")
        op.execute(
            """
            CREATE INDEX CONCURRENTLY IF NOT EXISTS trgm_ix_flow_name
            ON flow USING gin (name gin_trgm_ops)
            """
        )
        op.create_index("ix_flow__tags", "flow", ["tags"], postgresql_using="gin",
                        postgresql_concurrently=True)
        op.create_index("ix_flow_run__coalesce_start_time_desc", "flow_run",
                        [sa.text("coalesce(start_time, end_time) DESC")],
                        postgresql_concurrently=True)
    op.execute(
        """
        CREATE INDEX ix_flow_run__crashed ON flow_run (flow_id)
        WHERE state_type = 'CRASHED'
        """
    )
