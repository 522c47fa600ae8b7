# SPDX-License-Identifier: MIT
"""Not-a-number values, and tags with a latest_metrics table filled from the rows"""
import sqlalchemy as sa
from alembic import op

revision = "0a8213491aaa"
down_revision = "cfd24bdc0731"


def upgrade():
    with op.batch_alter_table("metrics") as batch_op:
        batch_op.add_column(sa.Column("is_nan", sa.Boolean(create_constraint=True),
                                      nullable=False, server_default="0"))
        batch_op.alter_column("value", type_=sa.types.Float(precision=53), nullable=False)
    op.create_table(
        "latest_metrics",
        sa.Column("key", sa.String(250)),
        sa.Column("value", sa.Float(precision=53), nullable=False),
        sa.Column("step", sa.BigInteger(), default=0, nullable=False),
        sa.Column("run_uuid", sa.String(32), sa.ForeignKey("runs.run_uuid"), nullable=False),
        sa.PrimaryKeyConstraint("key", "run_uuid", name="latest_metric_pk"),
    )
    metrics = sa.table("metrics", *[sa.column(c) for c in ("key", "value", "step", "run_uuid")])
    session = sa.orm.Session(bind=op.get_bind())
    last = session.query(metrics.c.run_uuid, metrics.c.key, sa.func.max(metrics.c.step))
    assert last.group_by(metrics.c.run_uuid, metrics.c.key).all() == []
    op.execute("CREATE INDEX index_latest_metrics_run ON latest_metrics USING hash (run_uuid)")
