// SPDX-License-Identifier: MIT
#pragma once

#include "model/kind.hpp"

/// The rooms of this folder, and the list of them. A new kind is a room, a row here and in
/// kinds.cpp, a row in CMakeLists.txt, its cases and its row in docs/whole-schemas.md.
namespace pgmend::kinds {

/// A room has a namespace of its own, so that several can be compiled as one file.
#define PGMEND_ROOM(kind)       \
  namespace kind##_room {       \
    extern const Kind k_##kind; \
  }                             \
  using kind##_room::k_##kind

PGMEND_ROOM(schema);
PGMEND_ROOM(extension);
PGMEND_ROOM(access_method);
PGMEND_ROOM(language);
PGMEND_ROOM(collation);
PGMEND_ROOM(enum);
PGMEND_ROOM(domain);
PGMEND_ROOM(composite_type);
PGMEND_ROOM(range_type);
PGMEND_ROOM(sequence);
PGMEND_ROOM(foreign_data_wrapper);
PGMEND_ROOM(foreign_server);
PGMEND_ROOM(table);
PGMEND_ROOM(column);
PGMEND_ROOM(foreign_column);
PGMEND_ROOM(index);
PGMEND_ROOM(primary_key);
PGMEND_ROOM(unique);
PGMEND_ROOM(check);
PGMEND_ROOM(exclusion);
PGMEND_ROOM(foreign_key);
PGMEND_ROOM(statistics);
PGMEND_ROOM(function);
PGMEND_ROOM(aggregate);
PGMEND_ROOM(cast);
PGMEND_ROOM(transform);
PGMEND_ROOM(conversion);
PGMEND_ROOM(operator);
PGMEND_ROOM(operator_family);
PGMEND_ROOM(operator_class);
PGMEND_ROOM(text_search_parser);
PGMEND_ROOM(text_search_template);
PGMEND_ROOM(text_search_dictionary);
PGMEND_ROOM(text_search_configuration);
PGMEND_ROOM(view);
PGMEND_ROOM(materialized_view);
PGMEND_ROOM(trigger);
PGMEND_ROOM(policy);
PGMEND_ROOM(rule);
PGMEND_ROOM(event_trigger);
PGMEND_ROOM(publication);
PGMEND_ROOM(comment);
PGMEND_ROOM(owner);
PGMEND_ROOM(default_privilege);
PGMEND_ROOM(grant);

#undef PGMEND_ROOM

/// Counts objects that no room models: `what` in the plural, and `count`. Marked like a catalog
/// query. When a kind is added, its row here goes.
extern const std::string_view k_unmodelled_query;

/// Every kind. Owners stand before what they own.
Kinds all();

/// Those that describe objects: comments, owners, privileges.
Kinds describing();

}  // namespace pgmend::kinds
