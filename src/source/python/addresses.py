# SPDX-License-Identifier: MIT
"""What env.py may read its URL from: every place that is set keeps its form, with a host that
exists nowhere; the usual ones that are not set get such an address.

The guard leads all connections to scratch whatever they ask for. These addresses are the second
lock: whatever goes past the guard, a psql that a migration starts for one, finds no server.
"""
import importlib.util
import os
import re

NOWHERE = "pgmend-scratch.invalid"
URL = re.compile(r"^(?P<scheme>postgres(?:ql)?(?:\+\w+)?)://", re.I)
URL_NAMES = ("DATABASE_URL", "SQLALCHEMY_DATABASE_URI", "SQLALCHEMY_DATABASE_URL", "DB_URL")
PARTS = {"HOST": NOWHERE, "PORT": "5432", "USER": "pgmend", "PASSWORD": "pgmend",
         "NAME": "scratch", "DB": "scratch", "DATABASE": "scratch", "SERVER": NOWHERE}
PART = re.compile(rf"^(DB|POSTGRES|POSTGRESQL|PG|DATABASE)_({'|'.join(PARTS)})$")
PLACEHOLDER = "driver://user:pass@localhost/dbname"


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def scheme_of(text):
    match = URL.match(text or "")
    return match.group("scheme") if match else None


def in_dotenv():
    """Name and scheme of the URLs in .env."""
    found = re.findall(r"""^\s*(?:export\s+)?(\w+)\s*=\s*["']?(postgres[\w+]*)://""",
                       read(".env"), re.M)
    return dict(found)


def likely_scheme(code):
    """For an env.py that finds no URL anywhere."""
    from sqlalchemy.engine import make_url

    def there(driver):
        return importlib.util.find_spec(driver) is not None

    if re.search(r"async_engine_from_config|create_async_engine", code):
        return "postgresql+asyncpg" if there("asyncpg") else "postgresql+psycopg"
    usual = make_url("postgresql://").get_dialect().driver  # since SQLAlchemy 2.1: psycopg
    for driver in (usual, "psycopg2", "psycopg", "pg8000", "asyncpg"):
        if there(driver):
            return "postgresql" if driver == usual else f"postgresql+{driver}"
    raise Refusal("no PostgreSQL driver is installed for this Python",
                  "pip install psycopg2-binary, or name the project's own Python: --python")


def address(scheme):
    return f"{scheme}://pgmend:pgmend@{NOWHERE}:5432/scratch"


def asked_for(code):
    """Variables that env.py itself reads and that sound like a URL."""
    names = re.findall(r"""(?:environ(?:\.get)?|getenv)\s*[\[(]\s*["'](\w+)["']""", code)
    return [name for name in names if re.search(r"(URL|URI|DSN)$", name, re.I)]


def hide_target(code, configured):
    """`code`: of env.py; `configured`: sqlalchemy.url, if it is set. Returns what it becomes."""
    written = in_dotenv()
    for name, value in list(os.environ.items()):
        if scheme_of(value):
            os.environ[name] = address(scheme_of(value))
        elif PART.match(name) and value:
            os.environ[name] = PARTS[PART.match(name).group(2)]
    schemes = [scheme_of(os.environ.get(name)) or written.get(name) for name in URL_NAMES]
    scheme = scheme_of(configured) or next(filter(None, schemes), None) or likely_scheme(code)
    for name in {*URL_NAMES, *asked_for(code), *written}:
        os.environ.setdefault(name, address(written.get(name) or scheme))
    for first in ("DB", "POSTGRES"):
        for last in ("HOST", "PORT", "USER", "PASSWORD", "NAME", "DB"):
            os.environ.setdefault(f"{first}_{last}", PARTS[last])
    return address(scheme)


def lead_libpq(scratch):
    """For what a migration starts by itself, such as psql: libpq's own variables."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
             "dbname": "PGDATABASE"}
    for name in [n for n in os.environ if n.startswith("PG") and n not in ("PGTZ", "PGMEND_RUN")]:
        del os.environ[name]
    for key, name in names.items():
        if key in scratch:
            os.environ[name] = scratch[key]
