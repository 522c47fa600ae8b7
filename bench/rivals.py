# SPDX-License-Identifier: MIT
"""Who takes part, and how each is started."""
import dataclasses
import os
import shutil
import subprocess
import sys
import typing

import synthetic

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = ["floor", "pgmend", "pgmend again", "pg_dump", "loop", "alembic", "pgdelta", "migra"]
FROM_SQL = ["psql -1", "pgmend sql", "pgmend sql again", "psqldef", "pgschema", "atlas",
            "pg-schema-diff"]
MOST_TABLES = {"loop": 1000, "alembic": 1000, "migra": 1000, "pgdelta": 5000, "psql -1": 5000,
               "pgmend sql": 5000, "pgmend sql again": 5000, "psqldef": 5000, "pgschema": 1000,
               "atlas": 1000, "pg-schema-diff": 100}
SLOW_TABLES = 10000  # with more, one run of pg_dump is enough
PACKAGES = ["@supabase/pg-delta@1.0.0-alpha.34", "@pgkit/migra"]
MODULES = os.environ.get("PGMEND_BENCH_MODULES", f"/var/tmp/pgmend-bench-modules-{os.getuid()}")
GO_PROGRAMS = os.environ.get("PGMEND_BENCH_GO", f"/var/tmp/pgmend-bench-go-{os.getuid()}")


@dataclasses.dataclass
class Setting:
    programs: str
    pgmend: str
    server: typing.Any
    database: str
    tables: int
    folder: str
    beside: tuple = ()  # other builds of pgmend

    def url(self, host=None):
        return self.server.url(self.database, host)


@dataclasses.dataclass
class Contender:
    name: str
    command: typing.Optional[list]
    by_host: typing.Optional[typing.Callable] = None  # the command for another socket folder
    good: tuple = (0,)
    is_slow: bool = False  # one run is enough
    remembers: bool = False  # the run before makes it another one
    environment: typing.Optional[dict] = None
    before: typing.Optional[typing.Callable] = None  # each run, not timed
    after: typing.Optional[typing.Callable] = None


def make(setting, wanted):
    makers = {"floor": floor, "pgmend": pgmend, "pgmend again": pgmend_again, "pg_dump": pg_dump,
              "loop": loop, "alembic": alembic, "pgdelta": pgdelta, "migra": migra,
              "psql -1": psql, "pgmend sql": pgmend_sql, "pgmend sql again": pgmend_sql_again,
              "psqldef": psqldef, "pgschema": pgschema, "atlas": atlas,
              "pg-schema-diff": pg_schema_diff}
    contenders = []
    for name in NAMES + FROM_SQL:
        if name != "floor" and name not in wanted:
            continue
        if setting.tables > MOST_TABLES.get(name, setting.tables):
            print(f"{name}: left out beyond {MOST_TABLES[name]} tables")
            continue
        contender = makers[name](setting)
        if contender:
            contenders.append(contender)
    for program in setting.beside:
        if "pgmend" in wanted:
            contenders.append(other_build(setting, program))
        if "pgmend sql" in wanted and setting.tables <= MOST_TABLES["pgmend sql"]:
            contenders.append(other_build(setting, program, pgmend_sql, " sql"))
    return contenders


def at_hosts(name, setting, command, **more):
    """One whose command only depends on the URL."""
    return Contender(name, command(setting.url()), lambda host: command(setting.url(host)), **more)


def floor(setting):
    return at_hosts("floor", setting, lambda url: [
        f"{setting.programs}/psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", url, "-f",
        f"{HERE}/floor.sql"])


def lock_file(setting):
    path = f"{setting.folder}/{setting.database}.lock"
    if not os.path.exists(path):
        subprocess.run([setting.pgmend, "snapshot", "-d", setting.url(), "-o", path], check=True,
                       capture_output=True)
    return path


def has_cache(setting):
    said = subprocess.run([setting.pgmend, "verify", "--help"], capture_output=True, text=True,
                          check=True)
    return "--no-cache" in said.stdout


def pgmend(setting):
    """Each time as if for the first time."""
    path = lock_file(setting)
    more = ["--no-cache"] if has_cache(setting) else []
    return at_hosts("pgmend", setting, lambda url: [
        setting.pgmend, "verify", "--quiet", "-d", url, "-s", path, *more])


def other_build(setting, program, make_one=None, behind=""):
    """Another pgmend, from a lock file of its own, under the last part of its name."""
    name = os.path.basename(program)
    folder = f"{setting.folder}/{name}"
    os.makedirs(folder, exist_ok=True)
    make_one = make_one or pgmend
    contender = make_one(dataclasses.replace(setting, pgmend=program, folder=folder))
    return dataclasses.replace(contender, name=name + behind)


def pgmend_again(setting):
    """With what the run before has left: its first run, which does not count, leaves it."""
    if not has_cache(setting):
        return None
    path = lock_file(setting)
    return at_hosts("pgmend again", setting, lambda url: [
        setting.pgmend, "verify", "--quiet", "-d", url, "-s", path], remembers=True)


def pg_dump(setting):
    return at_hosts("pg_dump", setting, lambda url: [
        f"{setting.programs}/pg_dump", "--schema-only", "-d", url],
        is_slow=setting.tables > SLOW_TABLES)


def loop(setting):
    return at_hosts("loop", setting, lambda url: [
        "/usr/bin/python3", f"{HERE}/loop.py", url], is_slow=True)


def alembic(setting):
    return at_hosts("alembic", setting, lambda url: [
        "/usr/bin/python3", f"{HERE}/alembic_compare.py", url, str(setting.tables)], is_slow=True)


def modules():
    """Whether the packages of npm are there, or can be had."""
    if os.path.isdir(f"{MODULES}/node_modules/.bin"):
        return True
    if not shutil.which("npm"):
        return False
    os.makedirs(MODULES, exist_ok=True)
    with open(f"{MODULES}/package.json", "w", encoding="utf-8") as file:
        file.write("{}")
    done = subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES],
                          cwd=MODULES, capture_output=True, timeout=600, check=False)
    return done.returncode == 0


def from_npm(name):
    if modules():
        return f"{MODULES}/node_modules/.bin/{name}"
    print(f"{name}: skipped, npm does not reach its package", file=sys.stderr)
    return None


def pgdelta(setting):
    program = from_npm("pgdelta")
    if not program:
        return None
    path = f"{setting.folder}/{setting.database}.json"
    subprocess.run([program, "snapshot", "--source", setting.url(), "--out", path], check=True,
                   capture_output=True)
    return at_hosts("pgdelta", setting, lambda url: [
        program, "drift", "--env", url, "--snapshot", path], is_slow=True)


def migra(setting):
    program = from_npm("migra")
    if not program:
        return None
    return at_hosts("migra", setting, lambda url: [program, "run", url, url], is_slow=True)


# From SQL: the same schema as a file of CREATE statements.


def sql_file(setting):
    os.makedirs(f"{setting.folder}/sql", exist_ok=True)
    path = f"{setting.folder}/sql/{setting.database}.sql"
    if not os.path.exists(path):
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(f"{one};\n" for one in synthetic.statements(setting.tables))
    return path


def psql(setting):
    """Only loads it, into a server that runs already, and finds nothing out."""
    def before():
        setting.server.create("loaded")

    def after():
        setting.server.drop("loaded")

    return Contender("psql -1", [
        f"{setting.programs}/psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d",
        setting.server.url("loaded"), "-1", "-f", sql_file(setting)], before=before, after=after)


def pgmend_sql(setting):
    """Each time as if for the first time, but for the template of its server's data folder."""
    more = ["--no-cache"] if has_cache(setting) else []
    return at_hosts("pgmend sql", setting, lambda url: [
        setting.pgmend, "verify", "--quiet", "-d", url, "-s", sql_file(setting), *more])


def pgmend_sql_again(setting):
    return at_hosts("pgmend sql again", setting, lambda url: [
        setting.pgmend, "verify", "--quiet", "-d", url, "-s", sql_file(setting)], remembers=True)


def from_go(name):
    """One that was built from its sources, as README.md says."""
    program = f"{GO_PROGRAMS}/{name}"
    if not os.path.exists(program):
        program = shutil.which(name)
    if not program:
        print(f"{name}: left out, it is neither in {GO_PROGRAMS} nor on PATH", file=sys.stderr)
    return program


def psqldef(setting):
    program = from_go("psqldef")
    if not program:
        return None
    return Contender("psqldef", [
        program, "-h", setting.server.folder, "-U", "bench", "--dry-run", "--file",
        sql_file(setting), setting.database], is_slow=setting.tables > 100)


def pgschema(setting):
    """Loads the file into a schema of its own in another database of the same server."""
    program = from_go("pgschema")
    if not program:
        return None
    setting.server.create(f"plan{setting.tables}")
    place = ["--host", setting.server.folder, "--user", "bench", "--db", setting.database]
    return Contender("pgschema", [
        program, "plan", *place, "--schema", "public", "--file", sql_file(setting),
        "--plan-host", setting.server.folder, "--plan-user", "bench",
        "--plan-db", f"plan{setting.tables}", "--sslmode", "disable"],
        is_slow=setting.tables > 100)


def atlas(setting):
    program = from_go("atlas")
    if not program:
        return None
    dev = f"dev{setting.tables}"
    setting.server.create(dev)

    def url(name):
        return setting.server.url(name) + "&sslmode=disable&search_path=public"
    return Contender("atlas", [
        program, "schema", "diff", "--from", url(setting.database), "--to",
        f"file://{sql_file(setting)}", "--dev-url", url(dev)], is_slow=setting.tables > 100)


def pg_schema_diff(setting):
    program = from_go("pg-schema-diff")
    if not program:
        return None
    folder = f"{setting.folder}/sql-{setting.database}"
    os.makedirs(folder, exist_ok=True)
    shutil.copy(sql_file(setting), folder)
    return Contender("pg-schema-diff", [
        program, "plan", "--from-dsn", setting.url() + "&sslmode=disable", "--to-dir", folder],
        is_slow=True)
