# SPDX-License-Identifier: MIT
"""Mapped tasks, and conf as JSON"""
import sqlalchemy as sa
from alembic import op

revision = "e655c0453f75"
down_revision = "7b2661a43ba3"
branch_labels = None
depends_on = None
workflows_version = "2.3.0"


def upgrade():
    with op.batch_alter_table("task_instance") as batch_op:
        batch_op.add_column(
            sa.Column("map_index", sa.Integer, nullable=False, server_default=sa.text("-1")))
        batch_op.drop_constraint("task_instance_pkey", type_="primary")
        batch_op.create_primary_key("task_instance_pkey",
                                    ["dag_id", "task_id", "run_id", "map_index"])
        batch_op.add_column(sa.Column("note", sa.Text()))
        batch_op.create_index("ti_state_lkp", ["dag_id", "task_id", "run_id", "state"])
    with op.batch_alter_table("dag_run") as batch_op:
        batch_op.alter_column("conf", new_column_name="conf_pickled",
                              existing_type=sa.LargeBinary())
        batch_op.add_column(sa.Column("conf", sa.JSON(), nullable=True))
        batch_op.drop_column("conf_pickled")
        batch_op.add_column(sa.Column("queued_at", sa.DateTime(timezone=True)))
        batch_op.alter_column("state", existing_type=sa.String(50), nullable=False,
                              server_default="queued")
        batch_op.create_check_constraint(
            op.f("ck_dag_run_state"), "state IN ('queued', 'running', 'success', 'failed')")
        batch_op.create_index("idx_dag_run_running", ["state", "dag_id"],
                              postgresql_where=sa.text("state='running'"))
    with op.batch_alter_table("dag") as batch_op:
        batch_op.alter_column("is_paused", existing_type=sa.Boolean(), nullable=False,
                              server_default="0")
        batch_op.add_column(sa.Column("next_run", sa.DateTime(timezone=True)))
        batch_op.add_column(sa.Column("max_active_runs", sa.Integer(), nullable=False,
                                      server_default=sa.text("16")))
        batch_op.drop_column("pickle_id")
        batch_op.create_index("idx_next_run", ["next_run"])
