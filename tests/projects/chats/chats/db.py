# SPDX-License-Identifier: MIT
import json

from sqlalchemy import MetaData, Text, create_engine, types
from sqlalchemy.orm import declarative_base
from chats.env import DATABASE_URL


class JSONField(types.TypeDecorator):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return json.dumps(value)

    def process_result_value(self, value, dialect):
        return None if value is None else json.loads(value)


engine = create_engine(DATABASE_URL, pool_pre_ping=True)
Base = declarative_base(metadata=MetaData(schema=None))
