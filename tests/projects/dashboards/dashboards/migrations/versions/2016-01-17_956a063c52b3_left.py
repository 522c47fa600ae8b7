# SPDX-License-Identifier: MIT
"""One branch: dashboards, filled through a session of the ORM"""
import json
import uuid

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Session, declarative_base

revision = "956a063c52b3"
down_revision = "4e6a06bad7a8"
Base = declarative_base()


class Slice(Base):
    __tablename__ = "slices"
    id = sa.Column(sa.Integer, primary_key=True)
    params = sa.Column(sa.Text)
    uuid = sa.Column(UUID(as_uuid=True), default=uuid.uuid4)


def upgrade():
    bind = op.get_bind()
    op.create_table(
        "dashboards",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("dashboard_title", sa.String(500)),
        sa.Column("position_json", sa.Text()),
        sa.Column("slug", sa.String(255), unique=True),
    )
    op.add_column("slices", sa.Column("uuid", UUID(as_uuid=True)))
    session = Session(bind=bind)
    for row in session.query(Slice).all():
        row.uuid = uuid.uuid4()
        row.params = json.dumps(json.loads(row.params or "{}"), sort_keys=True)
    session.commit()
    with op.batch_alter_table("slices") as batch_op:
        batch_op.create_unique_constraint("uq_slices_uuid", ["uuid"])
