// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/kind.hpp"

/// Tables that Citus has distributed over several servers. What it knows of them stands in rows of
/// its own (pg_dist_partition, pg_dist_colocation): a table that is made, dumped or copied without
/// its functions is a plain one. Citus itself carries most DDL on such a table to its shards.
namespace pgmend::kinds {

/// Two columns of the query of tables (c). Where there is Citus, each table says how its rows are
/// distributed, also if they are not: so a source that cannot know of it says nothing.
///
/// "by tenant_id" (a hash of it), "by day, in ranges", "by id, appended", "reference" (all rows on
/// each server), "one shard" (also of a schema that is distributed as a whole), "local" (on the
/// coordinator, and known to the others), "none". A table that Citus took in by itself, for the
/// foreign keys of another, is a plain one. Colocated is named by the first table that lies where
/// this one does: "public.orders"; "none" if that is itself.
///
/// What is asked is put together as a text, and run only where the extension is (by ts_stat(): see
/// kinds/support/rarely.hpp). partkey is the column as PostgreSQL's own node: its number is enough.
#define PGMEND_CITUS_COLUMNS                                                                       \
  "       CASE WHEN NOT c.relispartition\n"                                                        \
  "             AND (SELECT pg_catalog.to_regclass('pg_catalog.pg_dist_partition')) IS NOT NULL\n" \
  "            THEN (SELECT f.word FROM pg_catalog.ts_stat(pg_catalog.format($citus$\n"            \
  "              SELECT pg_catalog.array_to_tsvector(ARRAY[COALESCE((\n"                           \
  "                SELECT CASE WHEN p.partmethod <> 'n' THEN 'by ' || a.attname\n"                 \
  "                              || CASE p.partmethod WHEN 'r' THEN ', in ranges'\n"               \
  "                                                   WHEN 'a' THEN ', appended' ELSE '' END\n"    \
  "                            WHEN p.repmodel = 't' THEN 'reference'\n"                           \
  "                            WHEN p.colocationid <> 0 THEN 'one shard'\n"                        \
  "                            WHEN pg_catalog.to_jsonb(p) ->> 'autoconverted' = 'true'\n"         \
  "                            THEN 'none' ELSE 'local' END\n"                                     \
  "                FROM pg_catalog.pg_dist_partition p\n"                                          \
  "                LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = p.logicalrelid\n"           \
  "                  AND a.attnum = pg_catalog.substring(p.partkey, ':varattno (\\d+)')::int2\n"   \
  "                WHERE p.logicalrelid = %1$s), 'none')])$citus$, c.oid)) AS f)\n"                \
  "       END AS distribution,\n"                                                                  \
  "       CASE WHEN NOT c.relispartition\n"                                                        \
  "             AND (SELECT pg_catalog.to_regclass('pg_catalog.pg_dist_partition')) IS NOT NULL\n" \
  "            THEN (SELECT f.word FROM pg_catalog.ts_stat(pg_catalog.format($citus$\n"            \
  "              SELECT pg_catalog.array_to_tsvector(ARRAY[CASE WHEN o.oid = p.logicalrelid\n"     \
  "                  THEN 'none' ELSE o.name END])\n"                                              \
  "              FROM pg_catalog.pg_dist_partition p\n"                                            \
  "              CROSS JOIN LATERAL (\n"                                                           \
  "                SELECT oc.oid, pg_catalog.quote_ident(os.nspname) || '.'\n"                     \
  "                               || pg_catalog.quote_ident(oc.relname) AS name\n"                 \
  "                FROM pg_catalog.pg_dist_partition op\n"                                         \
  "                JOIN pg_catalog.pg_class oc ON oc.oid = op.logicalrelid\n"                      \
  "                JOIN pg_catalog.pg_namespace os ON os.oid = oc.relnamespace\n"                  \
  "                WHERE op.colocationid = p.colocationid AND NOT oc.relispartition\n"             \
  "                ORDER BY os.nspname COLLATE \"C\", oc.relname COLLATE \"C\" LIMIT 1) AS o\n"    \
  "              WHERE p.logicalrelid = %1$s AND p.colocationid <> 0\n"                            \
  "                AND p.repmodel <> 't'$citus$, c.oid)) AS f)\n"                                  \
  "       END AS colocated_with\n"

Judgement judge_distribution(const Difference& difference);
Judgement judge_colocation(const Difference& difference);

/// Whether Citus has to be told of a table that is made.
bool is_to_be_distributed(const Object& table);
/// Distributes it, with the rows that it holds.
std::string distribute_sql(const Object& table);

Recipe mend_distribution(const Object& expected, const Facts& facts);

}  // namespace pgmend::kinds
