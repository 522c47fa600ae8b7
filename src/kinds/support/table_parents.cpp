// SPDX-License-Identifier: MIT
#include "kinds/support/table_parents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

/// The partitioned table it is a partition of.
std::string partitioned(const Object& table) {
  const auto& whole = table.text("partition_of");
  return whole.substr(0, whole.size() - table.text("bound").size() - 1);
}

std::string alter(const Object& table, std::string_view action) {
  return fmt::format("ALTER TABLE {} {}", own_sql(table), action);
}

std::string detach(const Object& table) {
  return fmt::format("ALTER TABLE {} DETACH PARTITION {}", partitioned(table), own_sql(table));
}

std::vector<std::string> parents(const Object& table) {
  return table.has("inherits") ? sql::parse_array(table.text("inherits"))
                               : std::vector<std::string>{};
}

}  // namespace

std::string attach_partition(const Object& table) {
  return fmt::format("ALTER TABLE {} ATTACH PARTITION {} {}", partitioned(table), own_sql(table),
                     table.text("bound"));
}

Recipe mend_inherits(const Object& expected, const Object& actual) {
  std::vector<std::string> statements;
  const auto add = [&](const Object& of, const Object& but, const char* word) {
    const auto others = parents(but);
    for (const auto& parent : parents(of))
      if (std::find(others.begin(), others.end(), parent) == others.end())
        statements.push_back(alter(expected, fmt::format("{} {}", word, parent)));
  };
  add(actual, expected, "NO INHERIT");
  add(expected, actual, "INHERIT");
  return {.stages = {in_transaction(std::move(statements), Lock::access_exclusive, Cost::catalog)}};
}

/// What was begun is ended first. All rows are read, to see that they belong where it is attached.
Recipe mend_partition_of(const Object& expected, const Object& actual) {
  Stage stage = in_transaction({}, Lock::access_exclusive, Cost::catalog);
  if (actual.has("detaching")) {
    stage.statements.push_back(fmt::format("ALTER TABLE {} DETACH PARTITION {} FINALIZE",
                                           actual.text("detaching"), own_sql(expected)));
  } else if (actual.has("partition_of")) {
    stage.statements.push_back(detach(actual));
    stage.also_locks.push_back(partitioned(actual));
    stage.freeing = 1;
  }
  if (expected.has("partition_of")) {
    // A range may be another's until that has let go of it.
    if (!actual.has("detaching")) stage.shared = partitioned(expected);
    stage.statements.push_back(attach_partition(expected));
    stage.cost = Cost::scan;
  }
  return {.stages = {std::move(stage)}};
}

}  // namespace pgmend::kinds
