// SPDX-License-Identifier: MIT
#include "kinds/support/citus.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

constexpr std::string_view k_plain = "none";
constexpr std::string_view k_by_column = "by ";

/// "distributed by tenant_id", "a reference table".
std::string distribution_words(const std::string& distribution) {
  if (distribution == k_plain) return "a plain table";
  if (distribution == "reference") return "a reference table";
  if (distribution == "local") return "a local table that Citus knows of";
  return distribution.starts_with(k_by_column) ? "distributed " + distribution : "in one shard";
}

std::string stated_or_plain(const Value& value) {
  return value.is_present() ? value.text() : std::string(k_plain);
}

std::string table_literal(const Object& table) {
  return sql::quote_literal(own_sql(table));
}

/// Only what a hash distributes is named by its column alone.
bool is_by_hash(const std::string& distribution) {
  return distribution.starts_with(k_by_column) && !distribution.ends_with(", in ranges") &&
         !distribution.ends_with(", appended");
}

std::string colocated_with(const Object& table) {
  if (!table.has("colocated_with") || table.text("colocated_with") == k_plain) return "default";
  return table.text("colocated_with");
}

}  // namespace

Judgement judge_distribution(const Difference& difference) {
  const auto wanted = stated_or_plain(difference.wanted);
  const auto found = stated_or_plain(difference.found);
  Judgement judgement = {
      .sort = Sort::different,
      .consent = Consent::never,
      .reason = fmt::format("it is {}, and should be {}", distribution_words(found),
                            distribution_words(wanted))};
  if (found == k_plain && is_to_be_distributed(difference.expected))
    judgement.consent = Consent::rewrite;
  else if (wanted == k_plain)
    judgement.hint = fmt::format(
        "what moves its rows back to the coordinator: SELECT "
        "undistribute_table({})",
        table_literal(difference.expected));
  else if (is_by_hash(wanted) && is_by_hash(found))
    judgement.hint = fmt::format(
        "what moves its rows: SELECT alter_distributed_table({}, distribution_column => {})",
        table_literal(difference.expected), sql::quote_literal(wanted.substr(k_by_column.size())));
  else
    judgement.hint = fmt::format(
        "make it a plain table first, SELECT undistribute_table({}), and distribute it anew",
        table_literal(difference.expected));
  return judgement;
}

Judgement judge_colocation(const Difference& difference) {
  const auto wanted = stated_or_plain(difference.wanted);
  const auto found = stated_or_plain(difference.found);
  const auto with = [](const std::string& other) {
    return other == k_plain ? std::string("by themselves") : "with " + other;
  };
  return {.sort = Sort::different,
          .consent = Consent::never,
          .reason = fmt::format("its rows lie {}, and should lie {}", with(found), with(wanted)),
          .hint = fmt::format(
              "what moves them: SELECT alter_distributed_table({}, colocate_with => {})",
              table_literal(difference.expected), sql::quote_literal(wanted))};
}

bool is_to_be_distributed(const Object& table) {
  if (!table.has("distribution")) return false;
  const auto& distribution = table.text("distribution");
  return distribution == "reference" || distribution == "local" || is_by_hash(distribution);
}

std::string distribute_sql(const Object& table) {
  const auto& distribution = table.text("distribution");
  if (distribution == "reference")
    return fmt::format("SELECT pg_catalog.create_reference_table({})", table_literal(table));
  if (distribution == "local")
    return fmt::format("SELECT pg_catalog.citus_add_local_table_to_metadata({})",
                       table_literal(table));
  return fmt::format("SELECT pg_catalog.create_distributed_table({}, {}, colocate_with => {})",
                     table_literal(table),
                     sql::quote_literal(distribution.substr(k_by_column.size())),
                     sql::quote_literal(colocated_with(table)));
}

Recipe mend_distribution(const Object& expected, const Facts& facts) {
  return {
      .stages = {in_transaction({distribute_sql(expected)}, Lock::access_exclusive, Cost::rewrite)},
      .needs = rewrite_over_rows(facts)};
}

}  // namespace pgmend::kinds
