# SPDX-License-Identifier: MIT
"""A trigger that keeps counts, a view over them, a generated column"""
import sqlalchemy as sa
from alembic import op

revision = "60e428f92a75"
down_revision = "b2c1b8a4ff0d"


def upgrade():
    op.add_column("flow", sa.Column("run_count", sa.Integer(), server_default="0",
                                    nullable=False))
    op.add_column("flow_run", sa.Column(
        "took", sa.Interval(), sa.Computed("end_time - start_time", persisted=True)))
    op.execute(
        """
        CREATE FUNCTION count_runs() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE flow SET run_count = run_count + 1 WHERE id = NEW.flow_id;
          RETURN NEW;
        END $$
        """
    )
    op.execute("CREATE TRIGGER count_runs AFTER INSERT ON flow_run "
               "FOR EACH ROW EXECUTE FUNCTION count_runs()")
    op.execute("CREATE VIEW busy_flows AS SELECT name, run_count FROM flow WHERE run_count > 10")
