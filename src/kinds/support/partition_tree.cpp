// SPDX-License-Identifier: MIT
#include "kinds/support/partition_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

Lacking::Lacking(const std::vector<std::string>& parts)
    : table(sql::quote_qualified(parts.at(0), parts.at(1))),
      parent(sql::quote_qualified(parts.at(2), parts.at(3))),
      partitioned(!parts.at(4).empty()),
      index(parts.at(6).empty() ? "" : sql::quote_qualified(parts.at(5), parts.at(6))),
      index_name(parts.at(6)),
      valid(!parts.at(7).empty()),
      parent_index(parts.at(9).empty() ? "" : sql::quote_qualified(parts.at(8), parts.at(9))),
      schema(parts.at(0)),
      name(parts.at(1)),
      constraint(parts.size() > 10 ? parts[10] : "") {}

Lacking::Lacking(const Partition& partition, std::string index_above)
    : table(sql::quote_qualified(partition.schema, partition.name)),
      parent(sql::quote_qualified(partition.parent_schema, partition.parent_name)),
      partitioned(partition.is_partitioned),
      valid(false),
      parent_index(std::move(index_above)),
      schema(partition.schema),
      name(partition.name) {}

/// The directive has them in no order that means anything.
std::vector<Lacking> all_lacking(const Object& object) {
  std::vector<Lacking> left;
  for (const auto& entry : sql::parse_array(object.text("lacking")))
    left.emplace_back(sql::parse_array(entry));
  std::vector<Lacking> all;
  while (!left.empty()) {
    std::set<std::string> waiting;
    for (const auto& on : left) waiting.insert(on.table);
    const auto later = std::stable_partition(
        left.begin(), left.end(), [&](const Lacking& on) { return !waiting.contains(on.parent); });
    if (later == left.begin()) break;  // no tree
    std::move(left.begin(), later, std::back_inserter(all));
    left.erase(left.begin(), later);
  }
  return all;
}

std::vector<Stage> provide_and_attach(const std::string& top, const std::vector<Lacking>& all,
                                      const ProvideIndex& provide) {
  std::vector<Stage> stages;
  std::map<std::string, std::string> made;  // by table
  std::vector<Stage> attaching;             // from the bottom: what is attached is complete
  std::set<std::string> completed;
  for (const auto& on : all) {
    const auto index = provide(on, stages);
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

}  // namespace pgmend::kinds
