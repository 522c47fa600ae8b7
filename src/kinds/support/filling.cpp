// SPDX-License-Identifier: MIT
#include "kinds/support/filling.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

std::string comment(const Object& column, std::string_view text) {
  return fmt::format("COMMENT ON COLUMN {}.{} IS {}", relation_sql(column),
                     sql::quote_ident(column.name.name), text);
}

}  // namespace

std::string mark_as_filling(const Object& column) {
  return comment(column, "'pgmend: existing rows are being filled'");
}

std::string fill_value(const Object& column) {
  if (column.has("backfill")) return column.text("backfill");
  return column.has("default") ? "DEFAULT" : "";
}

Stage fill_rows(const Object& column) {
  const auto ident = sql::quote_ident(column.name.name);
  const auto relation = relation_sql(column);
  const auto fillable =
      column.has("backfill") ? fmt::format(" AND ({}) IS NOT NULL", column.text("backfill")) : "";
  return {.form = Stage::Form::batches,
          .statements = {fmt::format("UPDATE {0} SET {1} = {2} WHERE ctid = ANY (ARRAY(SELECT ctid "
                                     "FROM {0} WHERE {1} IS NULL{3} LIMIT 5000))",
                                     relation, ident, fill_value(column), fillable)},
          .lock = Lock::row_exclusive,
          .cost = Cost::rows};
}

Recipe advance_sequence(const Object& column, const Facts& facts) {
  const auto& sequence = column.text("sequence_name");
  const bool up = !column.has("sequence_end");
  const auto last =
      fmt::format("(SELECT pg_catalog.{}({}) AS value FROM {}{}) AS last", up ? "max" : "min",
                  sql::quote_ident(column.name.name), is_partitioned(facts.relation) ? "" : "ONLY ",
                  relation_sql(column));
  const auto options =
      fmt::format("pg_catalog.pg_sequence AS options ON options.seqrelid = {}::pg_catalog.regclass",
                  sql::quote_literal(sequence));
  auto room =
      precondition(fmt::format("SELECT last.value FROM {} JOIN {} WHERE last.value {}", last,
                               options, up ? ">= options.seqmax" : "<= options.seqmin"),
                   "{} is in the table, and the sequence has no value beyond it",
                   "see whether that row is meant; SELECT setval(...) to where there is room");
  room.cost = Cost::catalog;
  return {.stages = {std::move(room),
                     in_transaction(
                         {fmt::format("SELECT pg_catalog.setval({}, last.value) FROM {} JOIN {} "
                                      "CROSS JOIN {} AS sequence WHERE last.value {} "
                                      "sequence.last_value",
                                      sql::quote_literal(sequence), last, options, sequence,
                                      up ? ">=" : "<=")},
                         Lock::row_exclusive, Cost::catalog)}};
}

std::vector<Stage> fill_and_finish(const Object& column) {
  std::vector<Stage> stages;
  if (!fill_value(column).empty()) stages.push_back(fill_rows(column));
  if (column.has("not_null"))
    for (auto& stage : set_not_null_stages(column, column.name.name))
      stages.push_back(std::move(stage));
  stages.push_back(
      in_transaction({comment(column, "NULL")}, Lock::share_update_exclusive, Cost::catalog));
  return stages;
}

}  // namespace pgmend::kinds
