# SPDX-License-Identifier: MIT
import importlib.metadata
import textwrap

import pytest

#: Where the package is installed, pytest loads the plugin by itself.
IS_INSTALLED = any(one.metadata["Name"] == "pgmend" for one in importlib.metadata.distributions())
LOADED = "" if IS_INSTALLED else "pytest_plugins = ['pgmend.pytest_plugin']\n"


@pytest.fixture
def project(pytester, url, server, monkeypatch):
    """A project whose conftest.py says what is expected."""
    monkeypatch.setenv("APPLICATION_DATABASE", url)
    pytester.makeconftest(LOADED + textwrap.dedent("""
        import os
        import pytest
        import sqlalchemy

        metadata = sqlalchemy.MetaData()
        sqlalchemy.Table("users", metadata, sqlalchemy.Column("id", sqlalchemy.Integer))

        @pytest.fixture(scope="session")
        def pgmend_database():
            return sqlalchemy.create_engine(os.environ["APPLICATION_DATABASE"])

        @pytest.fixture(scope="session")
        def pgmend_expected():
            return metadata

        @pytest.fixture(scope="session")
        def pgmend_options():
            return {"scratch": os.environ["PGMEND_TEST_URL"]}
    """))
    pytester.makepyfile("""
        def test_schema(pgmend_schema):
            assert pgmend_schema.verdict == "correct"
    """)
    return pytester


def test_it_fails_with_the_report(project, run):
    result = project.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*users missing*"])
    assert "pgmend/pytest_plugin.py" not in result.stdout.str()
    run("CREATE TABLE users (id int)")
    project.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_the_configuration_says_it(pytester, url, run, tmp_path):
    pytester.makefile(".yaml", spec="tables: {users: {columns: {id: int}}}\n")
    pytester.makeini(f"[pytest]\npgmend_database = {url}\npgmend_expected = spec.yaml\n")
    pytester.makeconftest(LOADED)
    pytester.makepyfile("def test_schema(pgmend_schema): pass")
    pytester.runpytest_subprocess().assert_outcomes(errors=1)
    run("CREATE TABLE users (id int)")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
    pytester.makeini("[pytest]\npgmend_expected = nothing.yaml\n")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*pgmend: *nothing.yaml*"])
