# SPDX-License-Identifier: MIT
"""init: tables may be there from before"""
from typing import Sequence, Union

import sqlalchemy as sa
from alembic import op
from chats.db import JSONField

revision: str = "7e5b5dc7342b"
down_revision: Union[str, None] = None
branch_labels: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    tables = set(sa.inspect(op.get_bind()).get_table_names())
    if "user" not in tables:
        op.create_table("user", sa.Column("id", sa.String(), nullable=False),
                        sa.PrimaryKeyConstraint("id"))
    if "chat" not in tables:
        op.create_table(
            "chat",
            sa.Column("id", sa.String(), nullable=False),
            sa.Column("user_id", sa.String(), nullable=True),
            sa.Column("title", sa.Text(), nullable=True),
            sa.Column("chat", JSONField(), nullable=True),
            sa.PrimaryKeyConstraint("id"),
        )
