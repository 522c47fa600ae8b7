// SPDX-License-Identifier: MIT
#include "kinds/support/hypertable.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

constexpr std::string_view k_by = "by ";
constexpr std::string_view k_every = " every ";

std::string chunk_column(const std::string& text) {
  const auto end = text.rfind(k_every);
  return text.substr(k_by.size(), end - k_by.size());
}

std::string chunk_span(const std::string& text) {
  return text.substr(text.rfind(k_every) + k_every.size());
}

std::string functions_schema(const Object& table) {
  return table.has("hypertable_functions") ? table.text("hypertable_functions") : "public";
}

bool is_hypertable(const Object* relation) {
  return relation && relation->kind->find_attribute("hypertable") && relation->has("hypertable");
}

}  // namespace

bool is_or_becomes_hypertable(const Facts& facts) {
  return is_hypertable(facts.relation) || is_hypertable(facts.expected_relation);
}

Judgement judge_hypertable(const Difference& difference) {
  if (!difference.wanted.is_present())
    return {.sort = Sort::different,
            .consent = Consent::never,
            .reason = "it is a hypertable, and should be a plain table",
            .hint = "make a plain table beside it and move the rows over"};
  if (!difference.found.is_present())
    return {.sort = Sort::different,
            .consent = Consent::rewrite,
            .reason = "it is a plain table, and should be a hypertable"};
  if (chunk_column(difference.wanted.text()) != chunk_column(difference.found.text()))
    return {.sort = Sort::different,
            .consent = Consent::never,
            .reason = "its rows are in chunks by another column",
            .hint = "make another hypertable beside it and move the rows over"};
  return {.sort = Sort::different,
          .consent = Consent::alter,
          .reason = "its chunks cover another span"};
}

std::string create_hypertable_sql(const Object& table, const std::string& functions) {
  const auto& text = table.text("hypertable");
  return fmt::format(
      "SELECT {}.create_hypertable({}, {}, chunk_time_interval => {}, create_default_indexes => "
      "false, migrate_data => true)",
      functions, sql::quote_literal(own_sql(table)), sql::quote_literal(chunk_column(text)),
      chunk_span(text));
}

Recipe mend_hypertable(const Object& expected, const Object& actual, const Facts& facts) {
  if (!actual.has("hypertable"))
    return {.stages = {in_transaction({create_hypertable_sql(expected, functions_schema(actual))},
                                      Lock::access_exclusive, Cost::rewrite)},
            .needs = rewrite_over_rows(facts)};
  return {.stages = {in_transaction(
              {fmt::format("SELECT {}.set_chunk_time_interval({}, {})", functions_schema(actual),
                           sql::quote_literal(own_sql(expected)),
                           chunk_span(expected.text("hypertable")))},
              Lock::none, Cost::catalog)}};
}

}  // namespace pgmend::kinds
