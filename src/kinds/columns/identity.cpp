// SPDX-License-Identifier: MIT
#include "kinds/columns/identity.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

/// The number behind a word, or nothing.
std::string option(std::string_view identity, std::string_view word) {
  const auto at = identity.find(word);
  if (at == std::string_view::npos) return {};
  const auto from = at + word.size();
  return std::string(identity.substr(from, identity.find_first_of(" )", from) - from));
}

std::string or_else(const std::string& number, std::string_view otherwise) {
  return number.empty() ? std::string(otherwise) : number;
}

}  // namespace

Judgement judge_identity(const Difference& difference) {
  if (!difference.wanted.is_present()) return {.sort = Sort::different, .consent = Consent::never};
  if (difference.found.is_present()) return {.sort = Sort::different, .consent = Consent::alter};
  // One that has another source of values is not given a second one, and one that allows NULL did
  // not just lose it.
  if (difference.actual.has("raw_default") || difference.actual.has("generated") ||
      !difference.actual.has("not_null"))
    return {.sort = Sort::different, .consent = Consent::never};
  return {.sort = Sort::missing, .consent = Consent::add};
}

std::vector<std::string> add_identity(const Object& column) {
  const auto ident = sql::quote_ident(column.name.name);
  const auto relation = relation_sql(column);
  return {fmt::format("ALTER TABLE {} ALTER COLUMN {} ADD {}", relation, ident,
                      column.text("identity")),
          // Not by pg_get_serial_sequence(): the column may still own one from before.
          fmt::format("SELECT pg_catalog.setval(own.objid::pg_catalog.regclass, last.value + 1, "
                      "false) FROM (SELECT pg_catalog.max({0}) AS value FROM {1}) AS last, "
                      "pg_catalog.pg_depend AS own JOIN pg_catalog.pg_attribute AS a ON a.attrelid "
                      "= own.refobjid AND a.attnum = own.refobjsubid WHERE last.value >= 1 AND "
                      "own.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND own.refclassid "
                      "= own.classid AND own.refobjid = {2}::pg_catalog.regclass AND a.attname = "
                      "{3} AND own.deptype = 'i'",
                      ident, relation, sql::quote_literal(relation),
                      sql::quote_literal(column.name.name))};
}

std::string sequence_options(std::string_view options, std::string_view set) {
  const auto increment = or_else(option(options, "INCREMENT BY "), "1");
  const auto min = option(options, "MINVALUE ");
  const auto max = option(options, "MAXVALUE ");
  const auto first = increment.starts_with('-') ? or_else(max, "-1") : or_else(min, "1");
  const bool cycle = options.find("CYCLE") != std::string_view::npos;
  return fmt::format("{0}INCREMENT BY {1} {0}{2} {0}{3} {0}START WITH {4} {0}CACHE {5} {0}{6}", set,
                     increment, min.empty() ? "NO MINVALUE" : "MINVALUE " + min,
                     max.empty() ? "NO MAXVALUE" : "MAXVALUE " + max,
                     or_else(option(options, "START WITH "), first),
                     or_else(option(options, "CACHE "), "1"), cycle ? "CYCLE" : "NO CYCLE");
}

std::string set_identity_options(std::string_view identity) {
  const auto* form = identity.find("ALWAYS") != std::string_view::npos ? "ALWAYS" : "BY DEFAULT";
  return fmt::format("SET GENERATED {} {}", form, sequence_options(identity, "SET "));
}

}  // namespace pgmend::kinds
