# SPDX-License-Identifier: MIT
"""A partitioned table"""
from alembic import op

revision = "core2"
down_revision = "core1"


def upgrade():
    op.execute("CREATE TABLE event (tenant_id bigint NOT NULL REFERENCES tenant (id), "
               "at timestamptz NOT NULL, what jsonb) PARTITION BY RANGE (at)")
    op.execute("CREATE INDEX event_at_idx ON event USING brin (at)")
    op.execute("CREATE TABLE event_2026 PARTITION OF event "
               "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")
