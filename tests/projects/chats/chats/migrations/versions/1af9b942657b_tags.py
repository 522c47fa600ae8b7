# SPDX-License-Identifier: MIT
"""Tags are known by two columns: the table is made anew and the rows are moved over"""
from typing import Union

import sqlalchemy as sa
from alembic import op

revision: str = "1af9b942657b"
down_revision: Union[str, None] = "7e5b5dc7342b"


def upgrade() -> None:
    conn = op.get_bind()
    inspector = sa.inspect(conn)
    rows = conn.execute(sa.text("SELECT id, name, user_id FROM tag")).fetchall()
    if "tag_id" in {index["name"] for index in inspector.get_indexes("tag")}:
        op.drop_index("tag_id", table_name="tag")
    op.rename_table("tag", "tag_old")
    table = op.create_table(
        "tag",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", "user_id", name="pk_id_user_id"),
    )
    if rows:
        op.bulk_insert(table, [dict(zip(("id", "name", "user_id"), row)) for row in rows])
    op.drop_table("tag_old")
    op.create_table(
        "chat_tag",
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("tag_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "tag_id"),
    )
