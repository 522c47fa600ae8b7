# SPDX-License-Identifier: MIT
"""Orders; the new ISBN has three digits more"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade():
    op.alter_column("books", "isbn", type_=sa.String(13))
    op.add_column("books", sa.Column("price", sa.Numeric(10, 2), nullable=False,
                                     server_default="0"))
    op.alter_column("books", "price", server_default=None)
    op.create_check_constraint(op.f("books_price_check"), "books", "price >= 0")

    op.execute("CREATE TYPE order_state AS ENUM ('open', 'paid', 'sent')")
    state = postgresql.ENUM("open", "paid", "sent", name="order_state", create_type=False)
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("customer_id", sa.BigInteger(),
                  sa.ForeignKey("customers.id", name="orders_customer_id_fkey"), nullable=False),
        sa.Column("state", state, nullable=False, server_default="open"),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False,
                  server_default=sa.func.now()),
        sa.Column("note", sa.String(1000)),
    )
    op.create_index("orders_customer_id_idx", "orders", ["customer_id"])
    op.create_table(
        "order_items",
        sa.Column("order_id", sa.BigInteger(),
                  sa.ForeignKey("orders.id", name="order_items_order_id_fkey",
                                ondelete="CASCADE"), primary_key=True),
        sa.Column("book_id", sa.BigInteger(),
                  sa.ForeignKey("books.id", name="order_items_book_id_fkey"), primary_key=True),
        sa.Column("quantity", sa.Integer(), nullable=False, server_default="1"),
        sa.CheckConstraint("quantity > 0", name=op.f("order_items_quantity_check")),
        comment="what an order is made of",
    )
