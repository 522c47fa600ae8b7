# SPDX-License-Identifier: MIT
"""Runs the project's own `alembic upgrade heads` on the scratch database."""
import configparser
import os
import sys


def at_home(config):
    """The folder in which the paths of alembic.ini mean what they say: this one, or the ini's."""
    raw = configparser.RawConfigParser(strict=False)
    raw.read(config, encoding="utf-8")
    location = raw.get("alembic", "script_location", fallback="")
    folder = os.path.dirname(os.path.abspath(config))
    if location and ":" not in location and not os.path.isdir(location) and \
            os.path.isdir(os.path.join(folder, location)):
        os.chdir(folder)


def make_config(file):
    """As the command line would make it."""
    from alembic.config import CommandLine, Config

    sys.argv = ["alembic", "-c", file, "upgrade", "heads"]
    options = CommandLine(prog="alembic").parser.parse_args(sys.argv[1:])
    if file.endswith(".toml"):
        return Config(toml_file=file, cmd_opts=options)
    config = Config(file_=file, ini_section=options.name, cmd_opts=options)
    if not config.get_main_option("script_location") and not os.path.exists("pyproject.toml"):
        # Flask-Migrate's alembic.ini says nothing of it: the file stands in the folder itself.
        config.set_main_option("script_location", os.path.dirname(os.path.abspath(file)))
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


def watch_version_tables(found):
    from alembic.runtime.environment import EnvironmentContext

    real = EnvironmentContext.configure

    def configure(self, *args, **given):
        real(self, *args, **given)
        context = self.get_context()
        table = {"schema": context.version_table_schema or "", "table": context.version_table}
        if table not in found:
            found.append(table)

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


def migrations(request):
    """{"config": file, "scratch": {libpq's keywords}}; answers with the heads, the version tables
    and the number of connections made."""
    file = os.path.abspath(request["config"])
    at_home(file)
    guard = Guard(request["scratch"])
    from alembic import command
    from alembic.script import ScriptDirectory

    config = make_config(file)
    scripts = ScriptDirectory.from_config(config)
    code = read(scripts.env_py_location)
    config.set_main_option("sqlalchemy.url", hide_target(code, url_in(config)))
    lead_libpq(request["scratch"])
    heads = heads_of(scripts)
    tables = []
    watch_version_tables(tables)
    push_flask_application(code)
    command.upgrade(config, "heads")
    return {"heads": heads, "version_tables": tables, "connections": guard.connections}
