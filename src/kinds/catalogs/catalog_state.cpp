// SPDX-License-Identifier: MIT
#include "kinds/catalogs/catalog_state.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

constexpr std::array<std::string_view, 46> k_catalogs = {
    "pg_aggregate",
    "pg_am",
    "pg_amop",
    "pg_amproc",
    "pg_attrdef",
    "pg_attribute",
    "pg_cast",
    "pg_class",
    "pg_collation",
    "pg_constraint",
    "pg_conversion",
    "pg_default_acl",
    "pg_depend",
    "pg_description",
    "pg_enum",
    "pg_event_trigger",
    "pg_extension",
    "pg_foreign_data_wrapper",
    "pg_foreign_server",
    "pg_foreign_table",
    "pg_index",
    "pg_inherits",
    "pg_init_privs",
    "pg_language",
    "pg_namespace",
    "pg_opclass",
    "pg_operator",
    "pg_opfamily",
    "pg_partitioned_table",
    "pg_policy",
    "pg_proc",
    "pg_publication",
    "pg_publication_namespace",
    "pg_publication_rel",
    "pg_range",
    "pg_rewrite",
    "pg_sequence",
    "pg_statistic_ext",
    "pg_transform",
    "pg_trigger",
    "pg_ts_config",
    "pg_ts_config_map",
    "pg_ts_dict",
    "pg_ts_parser",
    "pg_ts_template",
    "pg_type",
};

bool is_there(std::string_view catalog, int server_major) {
  constexpr int k_with_publication_namespace = 15;
  return catalog != "pg_publication_namespace" || server_major >= k_with_publication_namespace;
}

/// The age of a row that is so old that numbers have come round is negative: as an oid, which has
/// no sign, it is the largest.
std::string rows_of(std::string_view catalog) {
  const auto* const in_place =
      catalog == "pg_index"
          ? " || coalesce(':' || pg_catalog.string_agg(indexrelid::text, ',' ORDER BY indexrelid)"
            " FILTER (WHERE NOT (indisvalid AND indisready AND indislive)), '')"
          : "";
  return fmt::format(
      "SELECT '{0}' AS catalog, pg_catalog.count(*)::text{1} AS rows,"
      " pg_catalog.min(pg_catalog.age(xmin)::oid)::bigint AS youngest"
      " FROM pg_catalog.{0}",
      catalog, in_place);
}

constexpr std::string_view k_query = R"sql(
SELECT pg_catalog.concat_ws(' ',
         (SELECT system_identifier FROM pg_catalog.pg_control_system()),
         pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time()),
         (SELECT pg_catalog.date_part('epoch', stats_reset) FROM pg_catalog.pg_stat_bgwriter),
         pg_catalog.current_setting('server_version'), d.oid, d.xmin, session_user, current_user,
         (SELECT pg_catalog.md5(pg_catalog.string_agg(r::text, ' ' ORDER BY r.oid))
          FROM pg_catalog.pg_roles r),
         (SELECT pg_catalog.md5(pg_catalog.string_agg(m::text, ' ' ORDER BY m::text))
          FROM pg_catalog.pg_auth_members m)) AS server,
       h.horizon,
       h.horizon + pg_catalog.age((h.horizon % 4294967296)::text::xid) - c.youngest AS newest,
       c.rows
FROM (
  SELECT pg_catalog.string_agg(catalog || ' ' || rows, ' ' ORDER BY catalog) AS rows,
         pg_catalog.min(youngest) AS youngest
  FROM ({}) AS each) AS c,
  (SELECT pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::bigint
          AS horizon) AS h,
  pg_catalog.pg_database d
WHERE d.datname = pg_catalog.current_database()
)sql";

}  // namespace

bool CatalogState::is_still(const CatalogState& before) const {
  // Beyond that, the age of a row does not tell any more whether it is older (half of 2^32).
  constexpr long long k_most_transactions = 2000000000;
  return server == before.server && rows == before.rows && newest < before.horizon &&
         horizon - before.horizon <= k_most_transactions;
}

std::span<const std::string_view> catalogs_read() {
  return k_catalogs;
}

std::string catalog_state_query(int server_major) {
  std::vector<std::string> each;
  for (const auto catalog : k_catalogs)
    if (is_there(catalog, server_major)) each.push_back(rows_of(catalog));
  return fmt::format(k_query, text::join(each, " UNION ALL "));
}

}  // namespace pgmend::kinds
