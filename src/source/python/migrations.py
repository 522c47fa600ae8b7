# SPDX-License-Identifier: MIT
"""Runs the project's own `alembic upgrade heads` on the scratch database."""
import configparser
import inspect
import os
import sys


def toml_section(file):
    """[tool.alembic]; nothing where there is no such file, or nothing that reads it."""
    try:
        import tomllib
    except ImportError:  # before Python 3.11, where Alembic brings the other one
        try:
            import tomli as tomllib
        except ImportError:
            return {}
    if not os.path.isfile(file):
        return {}
    with open(file, "rb") as opened:
        return tomllib.load(opened).get("tool", {}).get("alembic", {})


def location_in(file):
    """script_location as this one file has it."""
    if file.endswith(".toml"):
        return toml_section(file).get("script_location", "")
    raw = configparser.RawConfigParser(strict=False)
    raw.read(file, encoding="utf-8")
    return raw.get("alembic", "script_location", fallback="")


def toml_of(file):
    """The pyproject.toml that goes with an alembic.ini: the one beside it, or the one here."""
    beside = os.path.join(os.path.dirname(file), "pyproject.toml")
    return beside if toml_section(beside) else os.path.abspath("pyproject.toml")


def at_home(file):
    """The folder in which the paths of a configuration mean what they say: this one, or its own."""
    location = location_in(file) or location_in(toml_of(file))
    folder = os.path.dirname(file)
    if location and ":" not in location and not os.path.isdir(location) and \
            os.path.isdir(os.path.join(folder, location)):
        os.chdir(folder)


def make_config(file):
    """As the command line would make it."""
    from alembic import __version__
    from alembic.config import CommandLine, Config

    sys.argv = ["alembic", "-c", file, "upgrade", "heads"]
    options = CommandLine(prog="alembic").parser.parse_args(sys.argv[1:])
    reads_toml = "toml_file" in inspect.signature(Config.__init__).parameters
    if file.endswith(".toml"):
        if not reads_toml:
            raise Refusal(f"Alembic {__version__} does not read pyproject.toml",
                          "1.16 and newer do")
        ini = os.path.join(os.path.dirname(file), "alembic.ini")
        return Config(file_=ini if os.path.isfile(ini) else None, toml_file=file,
                      ini_section=options.name, cmd_opts=options)
    further = {"toml_file": toml_of(file)} if reads_toml else {}
    config = Config(file_=file, ini_section=options.name, cmd_opts=options, **further)
    folder = os.path.dirname(file)
    located = location_in(file) or (reads_toml and location_in(toml_of(file)))
    if not located and os.path.isfile(os.path.join(folder, "env.py")):
        # Flask-Migrate's alembic.ini says nothing of it: the file stands in the folder itself.
        config.set_main_option("script_location", folder)
    return config


def url_in(config):
    """sqlalchemy.url, unless it is what `alembic init` wrote or needs what only env.py knows."""
    try:
        url = config.get_main_option("sqlalchemy.url")
    except configparser.Error:
        return None
    return None if url == PLACEHOLDER else url


def push_flask_application(code):
    """An env.py of Flask-Migrate asks for the current application."""
    if "current_app" not in code:
        return
    from flask import cli

    cli.load_dotenv()
    cli.ScriptInfo(app_import_path=os.environ.get("FLASK_APP")).load_app().app_context().push()


def make_schema(context):
    """The real database has the schema of the version table: nothing but Alembic speaks of it."""
    from sqlalchemy import text

    connection, schema = context.connection, context.version_table_schema
    if connection is None or not schema:
        return
    name = connection.dialect.identifier_preparer.quote_identifier(schema)
    sql = text(f"CREATE SCHEMA IF NOT EXISTS {name}")
    if connection.in_transaction():
        connection.execute(sql)
        return
    with connection.begin():
        connection.execute(sql)


def watch_version_tables(found):
    from alembic.runtime.environment import EnvironmentContext

    real = EnvironmentContext.configure

    def configure(self, *args, **given):
        real(self, *args, **given)
        context = self.get_context()
        table = {"schema": context.version_table_schema or "", "table": context.version_table}
        if table not in found:
            found.append(table)
            make_schema(context)

    EnvironmentContext.configure = configure


def heads_of(scripts):
    """Imports all revisions, and what they import."""
    try:
        heads = sorted(scripts.get_heads())
    except FileNotFoundError as error:  # of a folder that holds none
        if place(error):
            raise
        heads = []
    except KeyError as error:
        if place(error):  # a revision's own
            raise
        raise Refusal(f"there is no revision {error.args[0]}, which another names as its "
                      "down_revision", "was its file removed or renamed?") from None
    if not heads:
        raise Refusal(f"there are no migrations in {os.path.relpath(scripts.dir)}",
                      "is script_location what it should be?")
    return heads


def migrations(request, watch):
    """{"config": file, "scratch": {libpq's keywords}}; answers with the heads, the version tables
    and the number of connections made."""
    file = os.path.abspath(request["config"])
    at_home(file)
    guard = Guard(request["scratch"], watch)
    from alembic import command
    from alembic.script import ScriptDirectory

    config = make_config(file)
    scripts = ScriptDirectory.from_config(config)
    code = read(scripts.env_py_location)
    before = dict(os.environ)
    config.set_main_option("sqlalchemy.url", hide_target(code, url_in(config)))
    for name in [n for n, value in os.environ.items() if before.get(n) != value]:
        watch.add("v", name)
    lead_libpq(request["scratch"])
    watch.follow_variables()
    heads = heads_of(scripts)
    tables = []
    watch_version_tables(tables)
    push_flask_application(code)
    command.upgrade(config, "heads")
    return {"heads": heads, "version_tables": tables, "connections": guard.connections}
