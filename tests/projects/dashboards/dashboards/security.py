# SPDX-License-Identifier: MIT
"""A library's tables, which no migration knows of."""
from sqlalchemy import Boolean, Column, ForeignKey, Integer, Sequence, String, UniqueConstraint
from sqlalchemy.orm import declarative_base

Model = declarative_base()


class Role(Model):
    __tablename__ = "ab_role"
    id = Column(Integer, Sequence("ab_role_id_seq"), primary_key=True)
    name = Column(String(64), unique=True, nullable=False)


class User(Model):
    __tablename__ = "ab_user"
    id = Column(Integer, Sequence("ab_user_id_seq"), primary_key=True)
    username = Column(String(64), unique=True, nullable=False)
    email = Column(String(320), unique=True, nullable=False)
    active = Column(Boolean)


class UserRole(Model):
    __tablename__ = "ab_user_role"
    __table_args__ = (UniqueConstraint("user_id", "role_id"),)
    id = Column(Integer, Sequence("ab_user_role_id_seq"), primary_key=True)
    user_id = Column(Integer, ForeignKey("ab_user.id"))
    role_id = Column(Integer, ForeignKey("ab_role.id"))


def create_db(engine):
    Model.metadata.create_all(engine)
