# SPDX-License-Identifier: MIT
"""index webhooks, one active key for each user and instance"""
from alembic import op

revision = "index_webhooks"
down_revision = "add_webhook_fields"
branch_labels = None
depends_on = None


def upgrade():
    # IF NOT EXISTS, so that a run that was cut off can be repeated. That is the trap.
    with op.get_context().autocommit_block():
        op.execute(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_api_keys_webhook_url"
            " ON api_keys (webhook_url) WHERE webhook_url IS NOT NULL"
        )
        op.execute(
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS uq_api_keys_user_instance"
            " ON api_keys (user_id, instance_id) WHERE instance_id IS NOT NULL AND is_active"
        )


def downgrade():
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS uq_api_keys_user_instance")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_api_keys_webhook_url")
