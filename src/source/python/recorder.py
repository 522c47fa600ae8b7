# SPDX-License-Identifier: MIT
"""What create_all() would send, with what it takes for granted."""
import re
import warnings

# What a model may use of an extension, as it stands in DDL.
EXTENSIONS = {
    "citext": r"\bCITEXT\b",
    "hstore": r"\bHSTORE\b",
    "ltree": r"\b(LTREE|LQUERY|LTXTQUERY)\b",
    "vector": r"\b(VECTOR|HALFVEC|SPARSEVEC)\b|\bUSING (hnsw|ivfflat)\b",
    "postgis": r"\b(geometry|geography|raster)\(",
    "uuid-ossp": r"\buuid_generate_v(1|1mc|3|4|5)\(",
    "pg_trgm": r"\b(gin_trgm_ops|gist_trgm_ops)\b",
    "btree_gist": r"\bEXCLUDE USING gist \([^)]* WITH =",
    "pgcrypto": r"\b(gen_salt|crypt|digest|hmac|gen_random_bytes)\(",
    "unaccent": r"\bunaccent\(",
}


class Nothing:
    """The answer to whatever a listener asks: there are no rows."""

    rowcount = 0
    scalar = scalar_one_or_none = first = fetchone = one_or_none = lambda self: None
    all = fetchall = lambda self: []
    scalars = mappings = lambda self: self

    def __iter__(self):
        return iter(())


class Recorder:
    """Stands in for a connection, and keeps the DDL that it is sent."""

    def __init__(self, major):
        from sqlalchemy import create_mock_engine

        self.statements = []
        self.notes = []
        # "named": no driver's percent signs are doubled.
        self.engine = create_mock_engine("postgresql+psycopg2://", self.record, paramstyle="named")
        self.engine.dialect.server_version_info = (major, 0)
        self.engine.dialect.supports_virtual_generated_columns = major >= 18
        self.engine.exec_driver_sql = self.record
        self.engine.scalar = lambda *_, **__: None
        self.engine.scalars = lambda *_, **__: Nothing()

    def record(self, element, *_, **__):
        visit = getattr(element, "__visit_name__", "")
        if visit in ("insert", "update", "delete"):
            self.notes.append(f"rows that a listener would {visit} were left out")
        elif visit not in ("select", "compound_select"):
            self.add(element)
        return Nothing()

    def add(self, element):
        text = (element if isinstance(element, str) else self.compiled(element)).strip()
        if text and text not in self.statements:
            self.statements.append(text)

    def compiled(self, element):
        """SQLAlchemy 2.1 warns of what is written in other ways for other versions of the server."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return str(element.compile(dialect=self.engine.dialect))

    def text(self):
        return "\n".join(self.statements)


def types_of(tables):
    """Of all columns, with those below arrays and decorators."""
    from sqlalchemy.types import TypeDecorator

    for table in tables:
        for column in table.columns:
            kind = column.type
            while kind is not None:
                yield kind
                kind = kind.impl if isinstance(kind, TypeDecorator) else \
                    getattr(kind, "item_type", None)


def left_to_migrations(recorder, tables):
    """Enum types that the models name with create_type=False: the labels are known."""
    from sqlalchemy.dialects.postgresql import CreateEnumType

    for kind in types_of(tables):
        if getattr(kind, "create_type", True) or not getattr(kind, "enums", None):
            continue
        text = str(CreateEnumType(kind).compile(dialect=recorder.engine.dialect)).strip()
        if text not in recorder.statements:
            recorder.statements.insert(0, text)
            recorder.notes.append(f"type {kind.name} is created, which the models leave to others")


def assumed_schemas(recorder, metadata, tables):
    quote = recorder.engine.dialect.identifier_preparer.quote
    owners = [*tables, *metadata._sequences.values(), *types_of(tables)]
    names = {getattr(owner, "schema", None) for owner in owners} - {None, "public"}
    for name in sorted(names):
        made = rf"(?i)create schema (if not exists )?\"?{re.escape(name)}\"?(\s|;|$)"
        if not re.search(made, recorder.text(), re.M):
            recorder.statements.insert(0, f"CREATE SCHEMA {quote(name)}")
            recorder.notes.append(f"schema {name} is created, which the models assume")


def assumed_extensions(recorder):
    text = recorder.text()
    code = re.sub(r"'(?:[^']|'')*'", "''", text)
    for name, use in EXTENSIONS.items():
        made = rf"(?i)create extension (if not exists )?\"?{re.escape(name)}\"?"
        if re.search(use, code) and not re.search(made, text):
            recorder.statements.insert(0, f'CREATE EXTENSION "{name}"')
            recorder.notes.append(f"extension {name} is created, which the models assume")


def is_view(table):
    """Alembic's cookbook marks what is mapped like a table but is none."""
    return table.info.get("is_view") or table.info.get("skip_autogenerate")


def build(recorder, metadata):
    tables = [t for t in metadata.tables.values() if not is_view(t)]
    metadata.create_all(recorder.engine, tables=tables, checkfirst=False)
    left_to_migrations(recorder, tables)
    assumed_schemas(recorder, metadata, tables)
