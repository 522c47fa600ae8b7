// SPDX-License-Identifier: MIT
#include "kinds/indexes/partitioned_index.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "kinds/support/partition_tree.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

/// Builds the index of a partition if none is there that would do, and returns its name.
std::string provide_index(const Object& expected, const Lacking& on, CreateIndex create_on,
                          std::vector<Stage>& stages) {
  if (!on.index.empty() && (on.valid || on.partitioned)) return on.index;
  const auto drop = [](const std::string& index) {
    return "DROP INDEX CONCURRENTLY IF EXISTS " + index;
  };
  if (!on.index.empty())
    stages.push_back(alone(drop(on.index), Lock::share_update_exclusive, Cost::catalog));
  const auto name = sql::truncate_identifier(fmt::format("{}_{}", on.name, expected.name.name));
  auto index = sql::quote_qualified(on.schema, name);
  if (on.partitioned)
    stages.push_back(in_transaction({create_on(expected, name, "", "ONLY " + on.table)},
                                    Lock::share, Cost::catalog));
  else
    stages.push_back(alone(create_on(expected, name, "CONCURRENTLY ", on.table),
                           Lock::share_update_exclusive, Cost::build, drop(index)));
  return index;
}

std::vector<Stage> build_and_attach(const Object& expected, const std::string& top,
                                    const std::vector<Lacking>& all, CreateIndex create_on) {
  return provide_and_attach(top, all, [&](const Lacking& on, std::vector<Stage>& stages) {
    return provide_index(expected, on, create_on, stages);
  });
}

}  // namespace

Recipe attach_partitions(const Object& expected, const Object& actual, CreateIndex create_on) {
  return {.stages =
              build_and_attach(expected, relation_sql(actual), all_lacking(actual), create_on)};
}

std::vector<Stage> build_on_partitions(const Object& expected,
                                       const std::vector<Partition>& partitions,
                                       CreateIndex create_on) {
  const auto top = relation_sql(expected);
  std::vector<Stage> stages = {in_transaction(
      {create_on(expected, expected.name.name, "", "ONLY " + top)}, Lock::share, Cost::catalog)};
  std::vector<Lacking> all;
  for (const auto& partition : partitions)
    all.emplace_back(partition, sql::quote_qualified(expected.name.schema, expected.name.name));
  for (auto& stage : build_and_attach(expected, top, all, create_on))
    stages.push_back(std::move(stage));
  return stages;
}

}  // namespace pgmend::kinds
