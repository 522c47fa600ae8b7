# SPDX-License-Identifier: MIT
"""The application: lists where each key's events are sent. Its models know what the code needs."""
import os

from sqlalchemy import Column, Integer, String, create_engine, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()


class ApiKey(Base):
    __tablename__ = "api_keys"
    id = Column(Integer, primary_key=True)
    webhook_url = Column(String(1024))
    webhook_headers = Column(JSONB, nullable=False)


engine = create_engine(os.environ["DATABASE_URL"].replace("+asyncpg", "+psycopg2"))
with Session(engine) as session:
    for key in session.scalars(select(ApiKey).order_by(ApiKey.id).limit(2)):
        print(f"key {key.id}: webhook {key.webhook_url}, headers {key.webhook_headers}")
