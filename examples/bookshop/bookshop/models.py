# SPDX-License-Identifier: MIT
"""The bookshop's tables as its code sees them."""
import enum

from sqlalchemy import (DDL, BigInteger, CheckConstraint, Column, Computed, DateTime, Enum,
                        ForeignKey, Identity, Index, Integer, MetaData, Numeric, String, Text,
                        event, func, text)
from sqlalchemy.orm import declarative_base

# As PostgreSQL itself would name them.
NAMES = {
    "pk": "%(table_name)s_pkey",
    "uq": "%(table_name)s_%(column_0_name)s_key",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "ix": "%(table_name)s_%(column_0_name)s_idx",
    "ck": "%(table_name)s_%(constraint_name)s_check",
}
Base = declarative_base(metadata=MetaData(naming_convention=NAMES))


class OrderState(enum.Enum):
    open = "open"
    paid = "paid"
    sent = "sent"


class Customer(Base):
    __tablename__ = "customers"
    id = Column(BigInteger, Identity(), primary_key=True)
    email = Column(String(320), nullable=False, unique=True)
    name = Column(Text, nullable=False)
    created_at = Column(DateTime(timezone=True), nullable=False, server_default=func.now())


class Book(Base):
    __tablename__ = "books"
    __table_args__ = (CheckConstraint("price >= 0", name="price"),)
    id = Column(BigInteger, Identity(), primary_key=True)
    isbn = Column(String(13), nullable=False, unique=True)
    title = Column(Text, nullable=False)
    price = Column(Numeric(10, 2), nullable=False)
    title_key = Column(Text, Computed("lower(title)", persisted=True), index=True)


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = (
        Index("orders_open_idx", "placed_at", postgresql_where=text("state = 'open'")),
    )
    id = Column(BigInteger, Identity(), primary_key=True)
    customer_id = Column(ForeignKey("customers.id"), nullable=False, index=True)
    state = Column(Enum(OrderState, name="order_state"), nullable=False, server_default="open")
    placed_at = Column(DateTime(timezone=True), nullable=False, server_default=func.now())
    changed_at = Column(DateTime(timezone=True))
    note = Column(String(1000))


class OrderItem(Base):
    __tablename__ = "order_items"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        {"comment": "what an order is made of"},
    )
    order_id = Column(ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True)
    book_id = Column(ForeignKey("books.id"), primary_key=True)
    quantity = Column(Integer, nullable=False, server_default="1")


event.listen(Order.__table__, "after_create", DDL("""
CREATE FUNCTION set_changed_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_at := now();
  RETURN NEW;
END $$;
CREATE TRIGGER orders_changed BEFORE UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION set_changed_at();
"""))
