// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/kind.hpp"

/// Tables that TimescaleDB keeps in chunks. What it knows of them stands in its own rows: a table
/// that is made, dumped or copied without its functions is a plain one.
namespace pgmend::kinds {

/// Two columns of the query of tables (c, n): "by ts every INTERVAL '168:00:00'", and the schema
/// that its functions are in. The extension's table is not there in most databases; so a text is
/// put together, and run only where it is (by ts_stat(): see kinds/support/rarely.hpp).
#define PGMEND_HYPERTABLE_COLUMNS                                                                  \
  "       CASE WHEN (SELECT pg_catalog.to_regclass('_timescaledb_catalog.hypertable')) IS NOT "    \
  "NULL\n"                                                                                         \
  "            THEN (SELECT f.word FROM pg_catalog.ts_stat(pg_catalog.format(\n"                   \
  "              'SELECT pg_catalog.array_to_tsvector(ARRAY[''by '' || d.column_name || '' every " \
  "''\n"                                                                                           \
  "                 || CASE WHEN d.column_type::oid IN (1082, 1114, 1184)\n"                       \
  "                    THEN ''INTERVAL '''''' || d.interval_length * interval ''1 microsecond'' "  \
  "|| ''''''''\n"                                                                                  \
  "                    ELSE d.interval_length::text END])\n"                                       \
  "               FROM _timescaledb_catalog.hypertable h\n"                                        \
  "               JOIN _timescaledb_catalog.dimension d ON d.hypertable_id = h.id\n"               \
  "               WHERE h.schema_name = %L AND h.table_name = %L AND d.interval_length IS NOT "    \
  "NULL\n"                                                                                         \
  "               ORDER BY d.id LIMIT 1', n.nspname, c.relname)) AS f)\n"                          \
  "       END AS hypertable,\n"                                                                    \
  "       CASE WHEN (SELECT pg_catalog.to_regclass('_timescaledb_catalog.hypertable')) IS NOT "    \
  "NULL\n"                                                                                         \
  "            THEN (SELECT pg_catalog.quote_ident(xn.nspname) FROM pg_catalog.pg_extension x\n"   \
  "                  JOIN pg_catalog.pg_namespace xn ON xn.oid = x.extnamespace\n"                 \
  "                  WHERE x.extname = 'timescaledb') END AS hypertable_functions\n"

/// Whether it is one: an index on it cannot be built CONCURRENTLY, and no key takes one over.
bool is_or_becomes_hypertable(const Facts& facts);

Judgement judge_hypertable(const Difference& difference);

/// Makes a table one, with the rows that it holds; its usual indexes are not made along.
std::string create_hypertable_sql(const Object& table, const std::string& functions);

Recipe mend_hypertable(const Object& expected, const Object& actual, const Facts& facts);

}  // namespace pgmend::kinds
