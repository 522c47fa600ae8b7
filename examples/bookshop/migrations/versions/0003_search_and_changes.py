# SPDX-License-Identifier: MIT
"""Search by title, open orders, and when an order was changed"""
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.add_column("books", sa.Column("title_key", sa.Text(),
                                     sa.Computed("lower(title)", persisted=True)))
    op.create_index("books_title_key_idx", "books", ["title_key"])
    op.add_column("orders", sa.Column("changed_at", sa.DateTime(timezone=True)))
    op.execute("""
        CREATE FUNCTION set_changed_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_at := now();
  RETURN NEW;
END $$""")
    op.execute("CREATE TRIGGER orders_changed BEFORE UPDATE ON orders "
               "FOR EACH ROW EXECUTE FUNCTION set_changed_at()")
    with op.get_context().autocommit_block():
        op.create_index("orders_open_idx", "orders", ["placed_at"],
                        postgresql_where=sa.text("state = 'open'"), postgresql_concurrently=True)
