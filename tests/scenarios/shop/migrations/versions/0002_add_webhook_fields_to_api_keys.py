# SPDX-License-Identifier: MIT
"""add webhook fields to api_keys"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "add_webhook_fields"
down_revision = "create_users"
branch_labels = None
depends_on = None


def add_columns_if_not_exist(table, *columns):
    present = {column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)}
    for column in columns:
        if column.name not in present:
            op.add_column(table, column)


def upgrade():
    add_columns_if_not_exist(
        "api_keys",
        sa.Column("webhook_headers", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb")),
        sa.Column("webhook_url", sa.String(1024)),
    )


def downgrade():
    op.drop_column("api_keys", "webhook_url")
    op.drop_column("api_keys", "webhook_headers")
