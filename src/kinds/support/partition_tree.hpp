// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"

/// What of a partitioned table is whole only when each partition has its own, attached to that of
/// its parent (PostgreSQL documentation, section 5.11.2.2, "Partition Maintenance").
namespace pgmend::kinds {

/// Whether the index x of a partition has the keys of its parent's, i: both rows of pg_index.
inline constexpr std::string_view k_same_keys = R"sql(
               AND x.indisunique = i.indisunique AND x.indnkeyatts = i.indnkeyatts
               AND x.indnullsnotdistinct = i.indnullsnotdistinct -- since 15
               AND x.indclass = i.indclass AND x.indcollation = i.indcollation
               AND x.indoption::int2[] = i.indoption::int2[]
               AND ARRAY(SELECT xa.attname
                         FROM pg_catalog.unnest(x.indkey::int2[]) WITH ORDINALITY AS u (attnum, n)
                         LEFT JOIN pg_catalog.pg_attribute xa
                           ON xa.attrelid = x.indrelid AND xa.attnum = u.attnum ORDER BY u.n)
                 = ARRAY(SELECT ia.attname
                         FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS u (attnum, n)
                         LEFT JOIN pg_catalog.pg_attribute ia
                           ON ia.attrelid = i.indrelid AND ia.attnum = u.attnum ORDER BY u.n)
               AND pg_catalog.pg_get_expr(x.indexprs, x.indrelid)
                   IS NOT DISTINCT FROM pg_catalog.pg_get_expr(i.indexprs, i.indrelid)
               AND pg_catalog.pg_get_expr(x.indpred, x.indrelid)
                   IS NOT DISTINCT FROM pg_catalog.pg_get_expr(i.indpred, i.indrelid)
)sql";

/// A partition without an attached index, as the directive `lacking` has it.
struct Lacking {
  explicit Lacking(const std::vector<std::string>& parts);
  /// One on which nothing stands yet.
  Lacking(const Partition& partition, std::string index_above);

  std::string table;
  std::string parent;
  bool partitioned;
  std::string index;       // an equal one that stands there unattached; empty if none does
  std::string index_name;  // its bare name
  bool valid;
  std::string parent_index;  // empty if the parent lacks it as well
  std::string schema;
  std::string name;
  std::string constraint;  // that the equal one belongs to; bare, empty if none
};

/// All in the text of the directive, parents first.
std::vector<Lacking> all_lacking(const Object& object);

/// Sees to it that an index stands on the partition, and returns its name, quoted.
using ProvideIndex = std::function<std::string(const Lacking& on, std::vector<Stage>& stages)>;

/// Provides each, parents first, and attaches them from the bottom. `top`: the table, quoted.
std::vector<Stage> provide_and_attach(const std::string& top, const std::vector<Lacking>& all,
                                      const ProvideIndex& provide);

}  // namespace pgmend::kinds
