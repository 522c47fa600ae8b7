# SPDX-License-Identifier: MIT
"""Tables of 2.0"""
import sqlalchemy as sa
from alembic import op

revision = "e3a246e0dc1"
down_revision = None
branch_labels = None
depends_on = None
workflows_version = "2.0.0"


def string_id(length=250):
    if op.get_context().dialect.name == "postgresql":
        return sa.String(length, collation="C")
    return sa.String(length)


def upgrade():
    conn = op.get_bind()
    tables = sa.inspect(conn).get_table_names()
    if "dag" in tables:
        return
    op.create_table(
        "dag",
        sa.Column("dag_id", string_id(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=True),
        sa.Column("owners", sa.String(2000), nullable=True),
        sa.Column("pickle_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("dag_id"),
    )
    op.create_table(
        "dag_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dag_id", string_id(), nullable=False),
        sa.Column("execution_date", sa.DateTime(timezone=True)),
        sa.Column("state", sa.String(50)),
        sa.Column("conf", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "task_instance",
        sa.Column("task_id", string_id(), nullable=False),
        sa.Column("dag_id", string_id(), nullable=False),
        sa.Column("execution_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20)),
        sa.Column("duration", sa.Integer()),
        sa.Column("executor_config", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("task_id", "dag_id", "execution_date"),
    )
    op.create_index("ti_state", "task_instance", ["state"])
