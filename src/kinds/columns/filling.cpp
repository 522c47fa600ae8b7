// SPDX-License-Identifier: MIT
#include "kinds/columns/filling.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "kinds/support/evidence.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

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

namespace {

constexpr int k_rows_at_a_time = 1000;
constexpr int k_blocks_at_a_time = 16;

/// A text[] of what stands between the key's columns, each as `form` makes it.
template <typename Form>
std::string each(const std::vector<KeyColumn>& key, Form form) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < key.size(); ++i) parts.push_back(form(key[i], i + 1));
  return text::join(parts, ", ");
}

/// How to walk through the rows of a relation: where the next range ends, and what is in it. $1 is
/// the text[] of the key behind which it begins, NULL at first; $2, where it ends.
struct Walk {
  std::string next;
  std::string range;
};

Walk walk_by_key(const std::string& relation, const std::vector<KeyColumn>& key) {
  const auto columns = each(key, [](const KeyColumn& column, std::size_t) { return column.name; });
  const auto texts =
      each(key, [](const KeyColumn& column, std::size_t) { return column.name + "::text"; });
  const auto last_first =
      each(key, [](const KeyColumn& column, std::size_t) { return column.name + " DESC"; });
  const auto values = [&](int parameter) {
    return each(key, [&](const KeyColumn& column, std::size_t position) {
      return fmt::format("(${}::text[])[{}]::{}", parameter, position, column.type);
    });
  };
  const auto behind = fmt::format("($1::text[] IS NULL OR ({}) > ({}))", columns, values(1));
  return {
      fmt::format("SELECT ARRAY[{0}] FROM (SELECT {1} FROM {2} WHERE {3} ORDER BY {1} LIMIT {4}) "
                  "AS batch ORDER BY {5} LIMIT 1",
                  texts, columns, relation, behind, k_rows_at_a_time, last_first),
      fmt::format("{} AND ({}) <= ({})", behind, columns, values(2))};
}

/// Rows that get a value move to the end, where they are passed over.
Walk walk_by_place(const std::string& relation) {
  return {
      fmt::format(
          "WITH RECURSIVE part (oid) AS (SELECT {}::pg_catalog.regclass::oid UNION "
          "SELECT i.inhrelid FROM pg_catalog.pg_inherits AS i JOIN part ON part.oid = "
          "i.inhparent) SELECT ARRAY[(coalesce(($1::text[])[1]::bigint, 0) + {})::text] "
          "WHERE coalesce(($1::text[])[1]::bigint, 0) < (SELECT pg_catalog.max("
          "pg_catalog.pg_relation_size(oid)) / pg_catalog.current_setting('block_size')::bigint "
          "FROM part)",
          sql::quote_literal(relation), k_blocks_at_a_time),
      "ctid >= ('(' || coalesce(($1::text[])[1], '0') || ',0)')::tid "
      "AND ctid < ('(' || ($2::text[])[1] || ',0)')::tid"};
}

}  // namespace

std::string fill_one_row(const Object& column, const Facts& facts) {
  const auto relation = relation_sql(column);
  const auto ident = sql::quote_ident(column.name.name);
  return "DO " +
         sql::dollar_quote(fmt::format(
             "\nBEGIN\n  UPDATE {0} SET {1} = {2} WHERE ctid = (SELECT ctid FROM {0} LIMIT 1);\n"
             "  IF NOT FOUND AND EXISTS (SELECT FROM {0}) THEN\n"
             "    RAISE EXCEPTION USING MESSAGE = {3};\n  END IF;\nEND\n",
             relation, ident, fill_value(column),
             sql::quote_literal("its rows cannot be filled: an UPDATE leaves them as they are" +
                                (facts.update_triggers.empty()
                                     ? ""
                                     : "; is it a trigger: " + facts.update_triggers))));
}

std::string backfill_hint(const Object& column) {
  const auto name =
      sql::display_ident(column.name.relation) + '.' + sql::display_ident(column.name.name);
  return fmt::format(
      "say what existing rows get: --backfill '{}=<SQL expression>', or `backfill:` in "
      "pgmend.yaml; "
      "or give it a DEFAULT",
      column.name.schema == "public" ? name : sql::display_ident(column.name.schema) + '.' + name);
}

Recipe rows_cannot_be_filled(const Facts& facts) {
  return {.stages = {},
          .refusal = "its rows cannot be filled: " + facts.no_update,
          .hint = "change that for the time of it, or fill them by hand"};
}

Stage fill_rows(const Object& column, const Facts& facts) {
  const auto ident = sql::quote_ident(column.name.name);
  const auto relation = relation_sql(column);
  const auto walk =
      facts.row_key.empty() ? walk_by_place(relation) : walk_by_key(relation, facts.row_key);
  auto unfilled = ident + " IS NULL";
  if (column.has("backfill"))
    unfilled += fmt::format(" AND ({}) IS NOT NULL", column.text("backfill"));
  return {.form = Stage::Form::batches,
          .statements = {walk.next,
                         fmt::format("UPDATE {0} SET {1} = {2} WHERE ctid = ANY (ARRAY(SELECT ctid "
                                     "FROM {0} WHERE {3} AND {4} FOR NO KEY UPDATE SKIP LOCKED)) "
                                     "AND {1} IS NULL",
                                     relation, ident, fill_value(column), walk.range, unfilled),
                         fmt::format("SELECT pg_catalog.count(*) FROM {} WHERE {} HAVING "
                                     "pg_catalog.count(*) > 0",
                                     relation, unfilled)},
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

std::vector<Stage> fill_and_finish(const Object& column, const Facts& facts) {
  std::vector<Stage> stages;
  if (!fill_value(column).empty()) stages.push_back(fill_rows(column, facts));
  if (column.has("not_null"))
    for (auto& stage : set_not_null_stages(column, column.name.name, facts))
      stages.push_back(std::move(stage));
  stages.push_back(
      in_transaction({comment(column, "NULL")}, Lock::share_update_exclusive, Cost::catalog));
  return stages;
}

}  // namespace pgmend::kinds
