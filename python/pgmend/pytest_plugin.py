# SPDX-License-Identifier: MIT
"""A test that asks for the fixture `pgmend_schema` fails with the report unless the database under
test is what models or migrations say:

    def test_schema(pgmend_schema): pass

Which database and what is expected, pytest's configuration says (``pgmend_database``,
``pgmend_expected``), or fixtures of these names in conftest.py: an engine, ``Base.metadata``. The
fixture ``pgmend_options`` may say what else `pgmend.verify` is to be given.
"""
from __future__ import annotations

from typing import Any

import pytest

import pgmend


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("pgmend_database", "URL of the database under test (as pgmend finds it)")
    parser.addini("pgmend_expected", "what its schema should be: alembic, sqlalchemy:app.db:Base, "
                  "a file (pgmend.yaml, else alembic)")


@pytest.fixture(scope="session")
def pgmend_database(request: pytest.FixtureRequest) -> Any:
    """The database under test: a URL or an engine."""
    return request.config.getini("pgmend_database") or None


@pytest.fixture(scope="session")
def pgmend_expected(request: pytest.FixtureRequest) -> Any:
    """What its schema should be."""
    return request.config.getini("pgmend_expected") or None


@pytest.fixture(scope="session")
def pgmend_options() -> dict[str, Any]:
    """Further arguments of `pgmend.verify`."""
    return {}


@pytest.fixture
def pgmend_schema(request: pytest.FixtureRequest, pgmend_database: Any, pgmend_expected: Any,
                  pgmend_options: dict[str, Any]) -> pgmend.Report:
    """The report of a verify that found nothing."""
    given = {"cwd": request.config.rootpath, **pgmend_options}
    try:
        report = pgmend.verify(pgmend_database, pgmend_expected, **given)
    except pgmend.Error as error:
        pytest.fail(f"pgmend: {error}", pytrace=False)
    if not report.ok:
        pytest.fail(str(report), pytrace=False)
    return report
