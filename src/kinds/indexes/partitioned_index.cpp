// SPDX-License-Identifier: MIT
#include "kinds/indexes/partitioned_index.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

/// A partition without an attached index, as the directive `lacking` has it.
struct Lacking {
  explicit Lacking(const std::vector<std::string>& parts)
      : table(sql::quote_qualified(parts.at(0), parts.at(1))),
        parent(sql::quote_qualified(parts.at(2), parts.at(3))),
        partitioned(!parts.at(4).empty()),
        index(parts.at(6).empty() ? "" : sql::quote_qualified(parts.at(5), parts.at(6))),
        valid(!parts.at(7).empty()),
        parent_index(parts.at(9).empty() ? "" : sql::quote_qualified(parts.at(8), parts.at(9))),
        schema(parts.at(0)),
        name(parts.at(1)) {}

  /// One on which nothing stands yet.
  Lacking(const Partition& partition, std::string index_above)
      : table(sql::quote_qualified(partition.schema, partition.name)),
        parent(sql::quote_qualified(partition.parent_schema, partition.parent_name)),
        partitioned(partition.is_partitioned),
        valid(false),
        parent_index(std::move(index_above)),
        schema(partition.schema),
        name(partition.name) {}

  std::string table;
  std::string parent;
  bool partitioned;
  std::string index;  // an equal one that stands there unattached; empty if none does
  bool valid;
  std::string parent_index;  // empty if the parent lacks it as well
  std::string schema;
  std::string name;
};

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

/// Each stands behind its parent.
std::vector<Stage> build_and_attach(const Object& expected, const std::string& top,
                                    const std::vector<Lacking>& all, CreateIndex create_on) {
  std::vector<Stage> stages;
  std::map<std::string, std::string> made;  // by table
  std::vector<Stage> attaching;             // from the bottom: what is attached is complete
  std::set<std::string> completed;
  for (const auto& on : all) {
    const auto index = provide_index(expected, on, create_on, stages);
    const bool parent_is_attached = on.parent != top && !made.contains(on.parent);
    const auto parent = made.contains(on.parent) ? made[on.parent] : on.parent_index;
    made[on.table] = index;
    // The first here is the last to be attached. With it the parent's index becomes valid, and for
    // that the table above is locked.
    const bool locks = parent_is_attached && completed.insert(parent).second;
    attaching.insert(
        attaching.begin(),
        in_transaction({fmt::format("ALTER INDEX {} ATTACH PARTITION {}", parent, index)},
                       locks ? Lock::access_exclusive : Lock::access_share, Cost::catalog));
  }
  for (auto& stage : attaching) stages.push_back(std::move(stage));
  return stages;
}

}  // namespace

Recipe attach_partitions(const Object& expected, const Object& actual, CreateIndex create_on) {
  std::vector<Lacking> all;
  for (const auto& entry : sql::parse_array(actual.text("lacking")))
    all.emplace_back(sql::parse_array(entry));
  return {.stages = build_and_attach(expected, relation_sql(actual), all, create_on)};
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
