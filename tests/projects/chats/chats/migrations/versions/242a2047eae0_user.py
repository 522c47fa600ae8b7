# SPDX-License-Identifier: MIT
"""The user's table as the models have it"""
from typing import Union

import sqlalchemy as sa
from alembic import op

revision: str = "242a2047eae0"
down_revision: Union[str, None] = "1af9b942657b"


def upgrade() -> None:
    columns = {c["name"] for c in sa.inspect(op.get_bind()).get_columns("user")}
    with op.batch_alter_table("user") as batch_op:
        batch_op.alter_column("id", existing_type=sa.String(255), type_=sa.String())
        batch_op.alter_column("name", existing_type=sa.String(255), type_=sa.String())
        batch_op.alter_column("email", existing_type=sa.String(255), type_=sa.String())
        batch_op.add_column(sa.Column("settings", sa.Text(), nullable=True))
        if "timestamp" in columns:
            batch_op.alter_column("timestamp", new_column_name="created_at",
                                  existing_type=sa.BigInteger())
        batch_op.create_unique_constraint("user_email_key", ["email"])
    if not sa.inspect(op.get_bind()).get_pk_constraint("user")["constrained_columns"]:
        op.create_primary_key("user_pkey", "user", ["id"])
    op.add_column("chat", sa.Column("pinned", sa.Boolean(), nullable=True))
    op.create_index("user_id_pinned_idx", "chat", ["user_id", "pinned"])
