// SPDX-License-Identifier: MIT
#pragma once

#include "model/kind.hpp"

/// The rooms of this folder, and the list of them. A new kind is a room, a row here and in
/// kinds.cpp, a row in CMakeLists.txt, its cases and its page in docs/kinds.
namespace pgmend::kinds {

extern const Kind k_schema;
extern const Kind k_extension;
extern const Kind k_access_method;
extern const Kind k_language;
extern const Kind k_collation;
extern const Kind k_enum;
extern const Kind k_domain;
extern const Kind k_composite_type;
extern const Kind k_range_type;
extern const Kind k_sequence;
extern const Kind k_foreign_data_wrapper;
extern const Kind k_foreign_server;
extern const Kind k_table;
extern const Kind k_column;
extern const Kind k_foreign_column;
extern const Kind k_index;
extern const Kind k_primary_key;
extern const Kind k_unique;
extern const Kind k_check;
extern const Kind k_exclusion;
extern const Kind k_foreign_key;
extern const Kind k_statistics;
extern const Kind k_function;
extern const Kind k_aggregate;
extern const Kind k_cast;
extern const Kind k_transform;
extern const Kind k_conversion;
extern const Kind k_operator;
extern const Kind k_operator_family;
extern const Kind k_operator_class;
extern const Kind k_text_search_parser;
extern const Kind k_text_search_template;
extern const Kind k_text_search_dictionary;
extern const Kind k_text_search_configuration;
extern const Kind k_view;
extern const Kind k_materialized_view;
extern const Kind k_trigger;
extern const Kind k_policy;
extern const Kind k_rule;
extern const Kind k_event_trigger;
extern const Kind k_publication;
extern const Kind k_comment;
extern const Kind k_owner;
extern const Kind k_default_privilege;
extern const Kind k_grant;

/// Counts objects that no room models: `what` in the plural, and `count`. Marked like a catalog
/// query. When a kind is added, its row here goes.
extern const std::string_view k_unmodelled_query;

/// Every kind. Owners stand before what they own.
Kinds all();

/// Those that describe objects: comments, owners, privileges.
Kinds describing();

}  // namespace pgmend::kinds
