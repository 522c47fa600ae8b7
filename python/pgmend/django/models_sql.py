# SPDX-License-Identifier: MIT
"""The SQL that Django would make its models' tables with.

The models are those that the migrations say, not those of the code: the key of a many-to-many table
is of the type that DEFAULT_AUTO_FIELD names where a migration makes it, and of the app's own where
the code is asked (seen with django.contrib.auth). What of the code is in no migration yet, tells
`makemigrations --check`.
"""
from __future__ import annotations

from typing import Any, Iterator

from django.apps import apps
from django.db import connections, router
from django.db.migrations.loader import MigrationLoader


def statements(alias: str) -> list[str]:
    """Of all models that are kept in this database, in an order in which they can be run. Foreign
    keys come last: that is how Django's editor collects them."""
    connection = connections[alias]
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        for model in _models(alias):
            editor.create_model(model)
    return [text for text in editor.collected_sql if not text.startswith("--")]


def _models(alias: str) -> Iterator[Any]:
    loader = MigrationLoader(None)
    for model in loader.project_state().apps.get_models():
        if _is_made(model) and router.allow_migrate_model(alias, model):
            yield model
    for label in loader.unmigrated_apps:
        for model in router.get_migratable_models(apps.get_app_config(label), alias):
            if _is_made(model):
                yield model


def _is_made(model: Any) -> bool:
    options = model._meta
    return bool(options.managed and not options.proxy and not options.swapped)
