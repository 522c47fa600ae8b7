// SPDX-License-Identifier: MIT
#include "report/alembic/guards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "model/kind.hpp"
#include "report/alembic/python.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::report::revision {

namespace {

struct Query {
  std::string_view name;
  std::string_view sql;
};

constexpr auto k_queries = std::to_array<Query>({
    {"COLUMN",
     "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(:relation)\n"
     "    AND attname = :name AND NOT attisdropped"},
    {"NOT_NULL",
     "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(:relation)\n"
     "    AND attname = :name AND NOT attisdropped AND attnotnull"},
    {"FILLING",
     "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(:relation)\n"
     "    AND attname = :name AND NOT attisdropped\n"
     "    AND col_description(attrelid, attnum) LIKE 'pgmend: % are being filled'"},
    {"CONSTRAINT",
     "SELECT 1 FROM pg_constraint WHERE conrelid = to_regclass(:relation)\n"
     "    AND conname = :name"},
    {"VALIDATED",
     "SELECT 1 FROM pg_constraint WHERE conrelid = to_regclass(:relation)\n"
     "    AND conname = :name AND convalidated"},
    {"INDEX", "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(:name) AND indisvalid"},
    {"RELATION", "SELECT 1 FROM pg_class WHERE oid = to_regclass(:name)"},
    {"TRIGGER",
     "SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass(:relation) AND tgname = :name"},
    {"POLICY",
     "SELECT 1 FROM pg_policy WHERE polrelid = to_regclass(:relation) AND polname = :name"},
    {"RULE",
     "SELECT 1 FROM pg_rewrite WHERE ev_class = to_regclass(:relation) AND rulename = :name"},
    {"STATISTICS",
     "SELECT 1 FROM pg_statistic_ext WHERE stxnamespace = to_regnamespace(:schema)\n"
     "    AND stxname = :name"},
    {"TYPE", "SELECT 1 FROM pg_type WHERE oid = to_regtype(:name)"},
    {"FUNCTION",
     "SELECT 1 FROM pg_proc WHERE pronamespace = to_regnamespace(:schema) AND proname = :name\n"
     "    AND ARRAY(SELECT unnest(proargtypes))\n"
     "        = CAST(CAST(CAST(:arguments AS text) AS regtype[]) AS oid[])"},
    {"COLLATION",
     "SELECT 1 FROM pg_collation WHERE collnamespace = to_regnamespace(:schema)\n"
     "    AND collname = :name"},
    {"CONVERSION",
     "SELECT 1 FROM pg_conversion WHERE connamespace = to_regnamespace(:schema)\n"
     "    AND conname = :name"},
    {"TEXT_SEARCH_CONFIGURATION",
     "SELECT 1 FROM pg_ts_config WHERE cfgnamespace = to_regnamespace(:schema)\n"
     "    AND cfgname = :name"},
    {"TEXT_SEARCH_DICTIONARY",
     "SELECT 1 FROM pg_ts_dict WHERE dictnamespace = to_regnamespace(:schema)\n"
     "    AND dictname = :name"},
    {"TEXT_SEARCH_PARSER",
     "SELECT 1 FROM pg_ts_parser WHERE prsnamespace = to_regnamespace(:schema)\n"
     "    AND prsname = :name"},
    {"TEXT_SEARCH_TEMPLATE",
     "SELECT 1 FROM pg_ts_template WHERE tmplnamespace = to_regnamespace(:schema)\n"
     "    AND tmplname = :name"},
    {"ACCESS_METHOD", "SELECT 1 FROM pg_am WHERE amname = :name"},
    {"EVENT_TRIGGER", "SELECT 1 FROM pg_event_trigger WHERE evtname = :name"},
    {"FOREIGN_DATA_WRAPPER", "SELECT 1 FROM pg_foreign_data_wrapper WHERE fdwname = :name"},
    {"FOREIGN_SERVER", "SELECT 1 FROM pg_foreign_server WHERE srvname = :name"},
    {"LANGUAGE", "SELECT 1 FROM pg_language WHERE lanname = :name"},
    {"PUBLICATION", "SELECT 1 FROM pg_publication WHERE pubname = :name"},
    {"SCHEMA", "SELECT 1 FROM pg_namespace WHERE nspname = :name"},
    {"EXTENSION", "SELECT 1 FROM pg_extension WHERE extname = :name"},
    {"ROLE", "SELECT 1 FROM pg_roles WHERE rolname = :name"},
});

using Ask = std::pair<std::string_view, std::string_view>;  // kind, query

constexpr auto k_parts = std::to_array<Ask>({{"column", "COLUMN"},
                                             {"foreign_column", "COLUMN"},
                                             {"check", "CONSTRAINT"},
                                             {"foreign_key", "CONSTRAINT"},
                                             {"unique", "CONSTRAINT"},
                                             {"primary_key", "CONSTRAINT"},
                                             {"exclusion", "CONSTRAINT"},
                                             {"trigger", "TRIGGER"},
                                             {"policy", "POLICY"},
                                             {"rule", "RULE"}});

constexpr auto k_qualified = std::to_array<Ask>({{"table", "RELATION"},
                                                 {"view", "RELATION"},
                                                 {"materialized_view", "RELATION"},
                                                 {"sequence", "RELATION"},
                                                 {"index", "INDEX"},
                                                 {"enum", "TYPE"},
                                                 {"domain", "TYPE"},
                                                 {"composite_type", "TYPE"},
                                                 {"range_type", "TYPE"}});

constexpr auto k_in_schema =
    std::to_array<Ask>({{"statistics", "STATISTICS"},
                        {"collation", "COLLATION"},
                        {"conversion", "CONVERSION"},
                        {"text_search_configuration", "TEXT_SEARCH_CONFIGURATION"},
                        {"text_search_dictionary", "TEXT_SEARCH_DICTIONARY"},
                        {"text_search_parser", "TEXT_SEARCH_PARSER"},
                        {"text_search_template", "TEXT_SEARCH_TEMPLATE"}});

constexpr auto k_named = std::to_array<Ask>({{"schema", "SCHEMA"},
                                             {"extension", "EXTENSION"},
                                             {"access_method", "ACCESS_METHOD"},
                                             {"event_trigger", "EVENT_TRIGGER"},
                                             {"foreign_data_wrapper", "FOREIGN_DATA_WRAPPER"},
                                             {"foreign_server", "FOREIGN_SERVER"},
                                             {"language", "LANGUAGE"},
                                             {"publication", "PUBLICATION"}});

constexpr auto k_routines =
    std::to_array<Ask>({{"function", "FUNCTION"}, {"aggregate", "FUNCTION"}});

template <typename Asks>
std::string_view query_of(const Asks& asks, std::string_view kind) {
  const auto found =
      std::find_if(asks.begin(), asks.end(), [&](const Ask& ask) { return ask.first == kind; });
  return found == asks.end() ? std::string_view() : found->second;
}

Guard of_part(std::string_view query, const Name& name) {
  return {query, fmt::format("relation={}, name={}",
                             python::literal(sql::quote_qualified(name.schema, name.relation)),
                             python::literal(name.name))};
}

Guard by_name(std::string_view query, std::string_view name) {
  return {query, "name=" + python::literal(name)};
}

/// Their names are "f(integer, text)", with f as it is; types have no parentheses.
Guard of_routine(std::string_view query, const Name& name) {
  const auto open = name.name.rfind('(');
  const auto types =
      sql::split_outside_quotes(name.name.substr(open + 1, name.name.size() - open - 2), ',');
  const auto joined = text::join(types, ",");
  const bool is_plain = joined.find_first_of("\"\\{}") == std::string::npos;
  return {query,
          fmt::format("schema={}, name={}, arguments={}",
                      python::literal(sql::quote_ident(name.schema)),
                      python::literal(name.name.substr(0, open)),
                      python::literal(is_plain ? "{" + joined + "}" : sql::format_array(types)))};
}

/// The object is there, and ready.
std::optional<Guard> is_there(const Kind& kind, const Name& name) {
  if (const auto query = query_of(k_parts, kind.name); !query.empty()) return of_part(query, name);
  if (const auto query = query_of(k_qualified, kind.name); !query.empty())
    return by_name(query, sql::quote_qualified(name.schema, name.name));
  if (const auto query = query_of(k_in_schema, kind.name); !query.empty())
    return Guard{query,
                 fmt::format("schema={}, name={}", python::literal(sql::quote_ident(name.schema)),
                             python::literal(name.name))};
  if (const auto query = query_of(k_named, kind.name); !query.empty())
    return by_name(query, name.name);
  if (const auto query = query_of(k_routines, kind.name); !query.empty())
    return of_routine(query, name);
  return std::nullopt;
}

/// Expected to hold for all rows.
bool is_to_be_validated(const Finding& finding) {
  if (finding.kind->name != "check" && finding.kind->name != "foreign_key") return false;
  return finding.expected &&
         (!finding.expected->has("state") || finding.expected->text("state") == "validated");
}

std::string_view attribute_of(const Finding& finding) {
  return finding.attribute ? finding.kind->attributes[*finding.attribute].name : std::string_view();
}

}  // namespace

std::string Guard::words() const {
  return fmt::format("{}, {}", query, arguments);
}

std::optional<Guard> settled(const Finding& finding) {
  const auto attribute = attribute_of(finding);
  if (attribute == "not_null" && finding.kind->name == "column" && finding.expected &&
      finding.expected->has("not_null"))
    return of_part("NOT_NULL", finding.name);
  const bool is_state = attribute == "state" && finding.judgement.sort == Sort::broken;
  if (!attribute.empty() && !(is_state && finding.kind->name == "index") &&
      !(is_state && is_to_be_validated(finding)))
    return std::nullopt;
  if (!finding.is_removal() && is_to_be_validated(finding))
    return of_part("VALIDATED", finding.name);
  auto guard = is_there(*finding.kind, finding.name);
  // One that is INVALID goes as well.
  if (guard && finding.is_removal() && guard->query == "INDEX") guard->query = "RELATION";
  return guard;
}

std::optional<Guard> begun(const Finding& finding) {
  if (finding.attribute || !is_to_be_validated(finding)) return std::nullopt;
  return of_part("CONSTRAINT", finding.name);
}

Guard filling(const Finding& finding) {
  return of_part("FILLING", finding.name);
}

Guard role(const std::string& name) {
  return by_name("ROLE", name);
}

std::string constants(const std::set<std::string_view>& names) {
  std::string out;
  for (const auto& [name, sql] : k_queries)
    if (names.contains(name)) out += fmt::format("{} = \"\"\"\n    {}\n\"\"\"\n", name, sql);
  return out;
}

}  // namespace pgmend::report::revision
