# SPDX-License-Identifier: MIT
"""Schemas of any size: tables of 16 columns and 6 indexes, with views, enums and triggers."""

COLUMNS = [
    ("id", "bigint NOT NULL"),
    ("code", "text NOT NULL"),
    ("name", "character varying(200)"),
    ("state", "{schema}state_{enum} DEFAULT 'new' NOT NULL"),
    ("amount", "numeric(12,2) DEFAULT 0 NOT NULL"),
    ("quantity", "integer DEFAULT 1"),
    ("is_active", "boolean DEFAULT true NOT NULL"),
    ("created_at", "timestamp with time zone DEFAULT now() NOT NULL"),
    ("updated_at", "timestamp with time zone"),
    ("due_on", "date"),
    ("note", "text"),
    ("payload", "jsonb DEFAULT '{{}}'::jsonb"),
    ("tags", "text[]"),
    ("ratio", "double precision"),
    ("token", "uuid"),
    ("parent_id", "bigint"),
]

INDEXES = [  # beside the primary key: name, unique, what stands behind the table
    ("code_key", True, "(code)"),
    ("state_idx", False, "(state, created_at DESC)"),
    ("lower_name_idx", False, "(lower(name::text))"),
    ("due_idx", False, "(due_on) WHERE is_active"),
    ("parent_idx", False, "(parent_id)"),
]

TABLES_PER_ENUM = 20
TABLES_PER_VIEW = 10
TABLES_PER_TRIGGER = 10


def table_name(i):
    return f"t{i:05d}"


def statements(tables):
    """Yields one statement after the other; the order is one that works."""
    for e in range(-(-tables // TABLES_PER_ENUM)):
        yield f"CREATE TYPE state_{e} AS ENUM ('new', 'open', 'closed')"
    yield ("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS "
           "'BEGIN NEW.updated_at := now(); RETURN NEW; END'")
    for i in range(tables):
        t = table_name(i)
        columns = ", ".join(
            f"{name} {definition.format(schema='', enum=i // TABLES_PER_ENUM)}"
            for name, definition in COLUMNS)
        yield (f"CREATE TABLE {t} ({columns}, CONSTRAINT {t}_pkey PRIMARY KEY (id), "
               f"CONSTRAINT {t}_amount_check CHECK (amount >= 0))")
        for name, unique, rest in INDEXES:
            yield f"CREATE {'UNIQUE ' if unique else ''}INDEX {t}_{name} ON {t} {rest}"
        if i % TABLES_PER_VIEW == 0:
            yield f"CREATE VIEW v{i:05d} AS SELECT id, code, amount * quantity AS total FROM {t}"
        if i % TABLES_PER_TRIGGER == 0:
            yield (f"CREATE TRIGGER {t}_touch BEFORE UPDATE ON {t} "
                   "FOR EACH ROW EXECUTE FUNCTION touch()")
        if i:
            yield (f"ALTER TABLE {t} ADD CONSTRAINT {t}_parent_fkey "
                   f"FOREIGN KEY (parent_id) REFERENCES {table_name(i // 2)} (id)")
