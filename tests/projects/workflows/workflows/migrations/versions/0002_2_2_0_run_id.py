# SPDX-License-Identifier: MIT
"""Runs are known by run_id: rows are read, and keys are exchanged in batches"""
import sqlalchemy as sa
from alembic import op

revision = "7b2661a43ba3"
down_revision = "e3a246e0dc1"
branch_labels = None
depends_on = None
workflows_version = "2.2.0"


def upgrade():
    conn = op.get_bind()
    string_id = sa.String(250, collation="C")
    with op.batch_alter_table("dag_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("run_id", string_id, nullable=True))
    op.execute("UPDATE dag_run SET run_id = 'manual__' || id")
    if conn.execute(sa.text("SELECT count(*) FROM dag_run WHERE run_id IS NULL")).scalar():
        raise RuntimeError("runs without run_id")
    with op.batch_alter_table("dag_run") as batch_op:
        batch_op.alter_column("run_id", existing_type=string_id, nullable=False)
        batch_op.create_unique_constraint("dag_run_dag_id_run_id_key", ["dag_id", "run_id"])
        batch_op.create_foreign_key("dag_run_dag_fkey", "dag", ["dag_id"], ["dag_id"],
                                    ondelete="CASCADE")
        batch_op.drop_column("execution_date")
    with op.batch_alter_table("task_instance") as batch_op:
        batch_op.add_column(sa.Column("run_id", string_id, nullable=True))
        batch_op.drop_index("ti_state")
    op.execute(
        """
        CREATE TEMPORARY TABLE ti_runs ON COMMIT DROP AS
        SELECT ti.dag_id, min(dr.run_id) AS run_id FROM task_instance ti
        JOIN dag_run dr ON dr.dag_id = ti.dag_id GROUP BY ti.dag_id
        """
    )
    op.execute("UPDATE task_instance ti SET run_id = r.run_id FROM ti_runs r "
               "WHERE r.dag_id = ti.dag_id")
    with op.batch_alter_table("task_instance") as batch_op:
        batch_op.alter_column("run_id", existing_type=string_id, nullable=False)
        batch_op.drop_constraint("task_instance_pkey", type_="primary")
        batch_op.create_primary_key("task_instance_pkey", ["dag_id", "task_id", "run_id"])
        batch_op.create_foreign_key("task_instance_dag_run_fkey", "dag_run",
                                    ["dag_id", "run_id"], ["dag_id", "run_id"],
                                    ondelete="CASCADE")
        batch_op.drop_column("execution_date")
        batch_op.alter_column("duration", existing_type=sa.Integer(), type_=sa.Float())
