# SPDX-License-Identifier: MIT
"""Who did it; a foreign key whose name has to be looked up first"""
import sqlalchemy as sa
from alembic import op
from dashboards.migrations_shared import add_column_if_not_exists

revision = "18e88e1cc004"
down_revision = "c5756bec8b47"


def upgrade():
    add_column_if_not_exists("dashboards", sa.Column("changed_by_fk", sa.Integer()))
    add_column_if_not_exists("slices", sa.Column("slice_name", sa.String(250)))
    names = [fk["name"] for fk in sa.inspect(op.get_bind()).get_foreign_keys("slices")]
    with op.batch_alter_table("slices") as batch_op:
        for name in names:
            batch_op.drop_constraint(name, type_="foreignkey")
        batch_op.create_foreign_key("fk_slices_created_by", "ab_user", ["created_by_fk"], ["id"],
                                    ondelete="SET NULL")
    op.create_foreign_key(None, "dashboards", "ab_user", ["changed_by_fk"], ["id"])
