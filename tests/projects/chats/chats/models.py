# SPDX-License-Identifier: MIT
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Text
from chats.db import Base, JSONField


class User(Base):
    __tablename__ = "user"
    id = Column(String, primary_key=True)
    name = Column(String)
    email = Column(String, unique=True)
    settings = Column(JSONField, nullable=True)
    created_at = Column(BigInteger)


class Chat(Base):
    __tablename__ = "chat"
    __table_args__ = (Index("user_id_pinned_idx", "user_id", "pinned"),)
    id = Column(String, primary_key=True)
    user_id = Column(String)
    title = Column(Text)
    chat = Column(JSONField)
    pinned = Column(Boolean, default=False, nullable=True)


class Tag(Base):
    __tablename__ = "tag"
    id = Column(String, primary_key=True)
    user_id = Column(String, primary_key=True)
    name = Column(String)


class ChatTag(Base):
    __tablename__ = "chat_tag"
    chat_id = Column(ForeignKey("chat.id", ondelete="CASCADE"), primary_key=True)
    tag_id = Column(String, primary_key=True)
