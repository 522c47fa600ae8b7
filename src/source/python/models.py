# SPDX-License-Identifier: MIT
"""SQLAlchemy models as the DDL that create_all() would send. Needs no driver and no server."""
import importlib
import sys


def import_module(name):
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and (name == error.name or name.startswith(error.name + ".")):
            raise Refusal(f"there is no module {error.name} in {sys.path[0]}",
                          likely_spelling(name) or
                          "name it as an import in the project's folder would: "
                          "sqlalchemy:package.module:Base") from None
        raise


def likely_spelling(name):
    """What stands in a module is set off by a colon; None if the last part is no such thing."""
    module, _, last = name.rpartition(".")
    if module in sys.modules and hasattr(sys.modules[module], last):
        return f"did you mean: sqlalchemy:{module}:{last}?"
    return None


def metadata_in(value):
    """Every MetaData that a declared base, a registry, db or a list of them stands for."""
    from sqlalchemy import MetaData

    if isinstance(value, MetaData):
        return [value]
    if isinstance(value, (list, tuple)):
        return [m for one in value for m in metadata_in(one)]
    inner = getattr(value, "metadata", None)
    return [inner] if isinstance(inner, MetaData) else []


def attribute(module, path):
    value = module
    for name in path.split("."):
        if not hasattr(value, name):
            near = sorted(n for n in vars(module) if metadata_in(getattr(module, n)))
            raise Refusal(f"module {module.__name__} has no {path}",
                          f"it has: {', '.join(near[:8])}" if near else
                          "name its declarative base or MetaData")
        value = getattr(value, name)
    found = metadata_in(value)
    if not found:
        raise Refusal(f"{module.__name__}:{path} is no declarative base and no MetaData, but "
                      f"{type(value).__name__}",
                      "name the class that the models derive from, or its metadata")
    return found


def all_metadata(names):
    """`module:attribute`, or `module` for what it has; a module without any is only imported."""
    found = []
    for name in names:
        module_name, _, path = name.partition(":")
        module = import_module(module_name)
        values = attribute(module, path) if path else \
            [m for value in list(vars(module).values()) for m in metadata_in(value)]
        found += [m for m in values if not any(m is known for known in found)]
    return found


def entities(names):
    """What alembic_utils knows: registered, or standing in one of the modules."""
    known = sys.modules.get("alembic_utils.replaceable_entity")
    if known is None:
        return []
    found = list(known.registry.entities())
    for name in names:
        for value in vars(sys.modules[name.partition(":")[0]]).values():
            for one in value if isinstance(value, (list, tuple)) else [value]:
                if isinstance(one, known.ReplaceableEntity) and one not in found:
                    found.append(one)
    return found


def without_create_all(job):
    """Modules that call create_all() while they are imported do not reach a database."""
    from sqlalchemy import MetaData

    real, MetaData.create_all = MetaData.create_all, lambda *_, **__: None
    try:
        return job()
    finally:
        MetaData.create_all = real


def record(found, names, major):
    """The DDL of these MetaData, and what alembic_utils has, for a server of that version: an
    answer with statements and notes. The Python package calls this, too."""
    from sqlalchemy.orm import configure_mappers

    configure_mappers()  # some tables are only made by that
    recorder = Recorder(major)
    for metadata in found:
        build(recorder, metadata)
    for entity in entities(names):
        recorder.add(entity.to_sql_statement_create())
    assumed_extensions(recorder)
    if not recorder.statements:
        raise Refusal("no table is defined: the modules that define the models were not imported",
                      "name them too: sqlalchemy:app.db:Base,app.models")
    return {"statements": recorder.statements, "notes": sorted(set(recorder.notes))}


def models(request, watch):
    """{"names": ["package.module:Base", ...], "major": of the server that will run it}; answers
    with statements and notes."""
    watch.follow_variables()
    Guard(None, watch)
    names = request["names"]
    found = without_create_all(lambda: all_metadata(names))
    if not found:
        raise Refusal("no declarative base and no MetaData was found",
                      "name it: sqlalchemy:package.module:Base")
    return record(found, names, request["major"])
