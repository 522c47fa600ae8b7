# SPDX-License-Identifier: MIT
"""PGMEND_TEST_URL names a server on which databases can be created; the package that is tested is
the first on the path, with the program in it or in PGMEND_PROGRAM."""
import itertools
import os

import pytest
import sqlalchemy
from sqlalchemy.engine import make_url

pytest_plugins = ["pytester"]
numbers = itertools.count()


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: not in CI")


@pytest.fixture(scope="session")
def server():
    return os.environ["PGMEND_TEST_URL"]


@pytest.fixture(autouse=True)
def _environment(monkeypatch, tmp_path):
    """No variable and no file of this machine says where to connect."""
    for name in list(os.environ):
        if name.startswith("PG") and not name.startswith("PGMEND_") or name.endswith("_URL") and \
                name != "PGMEND_TEST_URL":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def url(server):
    """Of a new database."""
    name = f"python_{os.getpid()}_{next(numbers)}"
    admin = sqlalchemy.create_engine(with_driver(server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
    yield with_driver(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(sqlalchemy.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def asynchronous():
    """SQLAlchemy's asyncio. Since 2.1 greenlet is not installed with it."""
    pytest.importorskip("asyncpg")
    try:
        import sqlalchemy.ext.asyncio
    except ImportError as error:
        pytest.skip(str(error))
    return sqlalchemy.ext.asyncio


def with_driver(text):
    return make_url(text).set(drivername="postgresql+psycopg2")


@pytest.fixture
def engine(url):
    made = sqlalchemy.create_engine(url)
    yield made
    made.dispose()


@pytest.fixture
def run(engine):
    """SQL on the database."""
    def execute(*statements):
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(sqlalchemy.text(statement))

    return execute


@pytest.fixture
def models():
    """MetaData of two tables."""
    from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

    metadata = MetaData()
    Table("users", metadata, Column("id", Integer, primary_key=True),
          Column("email", String(255), nullable=False, unique=True))
    Table("api_keys", metadata, Column("id", Integer, primary_key=True),
          Column("user_id", ForeignKey("users.id"), nullable=False, index=True),
          Column("webhook_url", String(1024)))
    return metadata
