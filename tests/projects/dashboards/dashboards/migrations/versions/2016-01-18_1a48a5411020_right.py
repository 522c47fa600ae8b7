# SPDX-License-Identifier: MIT
"""The other branch"""
import sqlalchemy as sa
from alembic import op

revision = "1a48a5411020"
down_revision = "4e6a06bad7a8"


def upgrade():
    op.create_table(
        "css_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_name", sa.String(250)),
        sa.Column("css", sa.Text(), server_default=""),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_css_templates_template_name"), "css_templates", ["template_name"],
                    unique=True)
