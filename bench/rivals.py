# SPDX-License-Identifier: MIT
"""Who takes part, and how each is started."""
import dataclasses
import os
import shutil
import subprocess
import sys
import typing

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = ["floor", "pgmend", "pgmend again", "pg_dump", "loop", "alembic", "pgdelta", "migra"]
MOST_TABLES = {"loop": 1000, "alembic": 1000, "migra": 1000, "pgdelta": 5000}
SLOW_TABLES = 10000  # with more, one run of pg_dump is enough
PACKAGES = ["@supabase/pg-delta@1.0.0-alpha.34", "@pgkit/migra"]
MODULES = os.environ.get("PGMEND_BENCH_MODULES", f"/var/tmp/pgmend-bench-modules-{os.getuid()}")


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


def make(setting, wanted):
    makers = {"floor": floor, "pgmend": pgmend, "pgmend again": pgmend_again, "pg_dump": pg_dump,
              "loop": loop, "alembic": alembic, "pgdelta": pgdelta, "migra": migra}
    contenders = []
    for name in NAMES:
        if name != "floor" and name not in wanted:
            continue
        if setting.tables > MOST_TABLES.get(name, setting.tables):
            print(f"{name}: left out beyond {MOST_TABLES[name]} tables")
            continue
        contender = makers[name](setting)
        if contender:
            contenders.append(contender)
    for program in setting.beside:
        contenders.append(other_build(setting, program))
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


def other_build(setting, program):
    """Another pgmend, from a lock file of its own, under the last part of its name."""
    name = os.path.basename(program)
    folder = f"{setting.folder}/{name}"
    os.makedirs(folder, exist_ok=True)
    contender = pgmend(dataclasses.replace(setting, pgmend=program, folder=folder))
    return dataclasses.replace(contender, name=name)


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
