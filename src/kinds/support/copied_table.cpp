// SPDX-License-Identifier: MIT
#include "kinds/support/copied_table.hpp"

#include <fmt/format.h>

#include <vector>

#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

Judgement copied(const Difference& d) {
  auto judgement = judge_rewrite(d);
  judgement.reason = "its rows are copied to a new table";
  return judgement;
}

/// What prescribes the columns of the table; empty if nothing does.
std::string bound_by(const Object& table) {
  if (table.has("partition_of")) return "it is a partition: " + table.text("partition_of");
  if (table.has("inherits")) return "it inherits from " + list(table.text("inherits"));
  return table.has("of_type") ? "it is of the type " + table.text("of_type") : "";
}

}  // namespace

Judgement judge_form(const Difference& d) {
  return is_foreign_table(d.expected) || is_foreign_table(d.actual) ? judge_never(d) : copied(d);
}

Judgement judge_partition_key(const Difference& d) {
  const auto& form = d.expected.value("form");
  if (form.is_specified() && form != d.actual.value("form"))
    return worth_knowing("it comes or goes with the form of the table");
  return copied(d);
}

Recipe copied_to_a_new_one(const Object& expected, const Object& actual) {
  for (const auto* table : {&actual, &expected})
    if (const auto bound = bound_by(*table); !bound.empty())
      return {.stages = {},
              .refusal = "a new table cannot take its place, for " + bound,
              .hint = "make one by hand, and move the rows over"};
  return {.stages = {}, .anew = true, .copies = true};
}

std::string copy_rows(const Object& to, const std::string& from,
                      std::span<const std::string> columns) {
  std::vector<std::string> names;
  for (const auto& column : columns) names.push_back(sql::quote_ident(column));
  if (names.empty()) return fmt::format("INSERT INTO {} SELECT FROM {}", own_sql(to), from);
  const auto all = text::join(names, ", ");
  return fmt::format("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}", own_sql(to),
                     all, all, from);
}

}  // namespace pgmend::kinds
