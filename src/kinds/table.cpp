// SPDX-License-Identifier: MIT
// Tables, partitioned tables and foreign tables (PostgreSQL documentation, section 5 "Data
// Definition", pg_class in section 53.11). Here a table is the fact that it exists and its flags;
// what it is made of are kinds of their own.
//
// A partition that is detached CONCURRENTLY is none any more once that has begun: what is left to
// do then, if it was stopped, is FINALIZE (ALTER TABLE, "DETACH PARTITION").
//
// Locks: CREATE TABLE locks nothing that others can see yet.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/citus.hpp"
#include "kinds/support/copied_table.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/foreign_options.hpp"
#include "kinds/support/heritage.hpp"
#include "kinds/support/hypertable.hpp"
#include "kinds/support/judge.hpp"
#include "kinds/support/relation_options.hpp"
#include "kinds/support/table_parents.hpp"
#include "kinds/support/typed_table.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::table_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       c.relname AS name,
       'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       CASE c.relkind WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table'
                      ELSE 'table' END AS form,
       CASE WHEN c.oid IN (SELECT k.conrelid FROM pg_catalog.pg_constraint k
                           WHERE k.contype NOT IN ('c', 'f', 'n', 'p', 'u', 'x')
                             -- narrowed: AND k.conrelid = ANY ($1::oid[])
                          ) THEN 'constraints' END AS unread,
       'true' AS "create",
       CASE WHEN c.relrowsecurity THEN 'ENABLED' END AS row_security,
       CASE WHEN c.relforcerowsecurity THEN 'FORCED' END AS force_row_security,
       CASE WHEN c.relpersistence = 'u' THEN 'UNLOGGED' END AS persistence,
       CASE WHEN am.amname <> 'heap' THEN pg_catalog.quote_ident(am.amname) END AS access_method,
       CASE WHEN c.reloptions IS NOT NULL
            THEN (SELECT pg_catalog.array_agg(o ORDER BY o)
                  FROM pg_catalog.unnest(c.reloptions) AS o) END AS options,
       CASE WHEN c.reltoastrelid <> 0
             AND (SELECT x.reloptions IS NOT NULL FROM pg_catalog.pg_class x
                  WHERE x.oid = c.reltoastrelid) THEN
         (SELECT pg_catalog.array_agg('toast.' || o ORDER BY o COLLATE "C")
          FROM pg_catalog.pg_class x CROSS JOIN pg_catalog.unnest(x.reloptions) AS o
          WHERE x.oid = c.reltoastrelid) END AS toast_options,
       clustered.name AS cluster,
       CASE CASE WHEN c.relkind <> 'f' THEN c.relreplident END
         WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' WHEN 'i' THEN
         (SELECT 'USING INDEX ' || pg_catalog.quote_ident(x.relname)
          FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
          WHERE i.indrelid = c.oid AND i.indisreplident) END AS replica_identity,
       CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_key,
       CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END AS of_type,
       CASE WHEN c.relispartition AND NOT parents.is_detaching
            THEN parents.names[1] || ' ' || pg_catalog.pg_get_expr(c.relpartbound, c.oid)
       END AS partition_of,
       CASE WHEN parents.is_detaching THEN parents.names[1] END AS detaching,
       CASE WHEN c.relispartition AND NOT parents.is_detaching
            THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END AS bound,
       CASE WHEN NOT c.relispartition THEN parents.names END AS inherits,
       ft.server,
       ft.options AS foreign_options,
       ft.secrets,)sql" PGMEND_HYPERTABLE_COLUMNS "       ,\n" PGMEND_CITUS_COLUMNS R"sql(
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
-- Few have one: read by themselves, and not looked up for each table.
LEFT JOIN (
  SELECT h.inhrelid, pg_catalog.array_agg('"' || pg_catalog.replace(pn.nspname, '"', '""') || '"."'
                                          || pg_catalog.replace(p.relname, '"', '""') || '"'
                                          ORDER BY h.inhseqno) AS names,
         pg_catalog.bool_or(h.inhdetachpending) AS is_detaching -- since 14
         -- before 14: false AS is_detaching
  FROM pg_catalog.pg_inherits h
  JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
  JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
  WHERE p.relkind IN ('r', 'p', 'f')
    -- narrowed: AND h.inhrelid = ANY ($1::oid[])
  GROUP BY h.inhrelid) AS parents ON parents.inhrelid = c.oid
LEFT JOIN (
  SELECT i.indrelid, pg_catalog.quote_ident(x.relname) AS name
  FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  WHERE i.indisclustered
    -- narrowed: AND i.indrelid = ANY ($1::oid[])
  OFFSET 0) AS clustered ON clustered.indrelid = c.oid
LEFT JOIN (
  SELECT f.ftrelid, pg_catalog.quote_ident(s.srvname) AS server, given.options, given.secrets
  FROM pg_catalog.pg_foreign_table f
  JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
  CROSS JOIN LATERAL (
    SELECT pg_catalog.array_agg(pg_catalog.quote_ident(o.name) || ' '
                                || pg_catalog.quote_literal(o.value) ORDER BY o.name)
             FILTER (WHERE NOT o.secret) AS options,
           pg_catalog.array_agg(o.name ORDER BY o.name) FILTER (WHERE o.secret) AS secrets
    FROM (SELECT p.option_name AS name, p.option_value AS value,
                 p.option_name ~* '(pass|secret|token|credential|private|(api|access)_?key)'
                   OR p.option_value ~* '(pass(word|wd|file)?|secret)\s*=|://[^/@]*:[^/@]*@'
                   AS secret
          FROM pg_catalog.pg_options_to_table(f.ftoptions) AS p) AS o) AS given
) AS ft ON ft.ftrelid = c.oid
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = c.relnamespace OFFSET 0) AS n
WHERE c.relkind IN ('r', 'p', 'f')
  -- narrowed: AND c.oid = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                    AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = c.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, c.relname
)sql";

Judgement judge_missing(const Object& table) {
  if (table.has("create")) return {.sort = Sort::missing, .consent = Consent::add};
  return {.sort = Sort::missing,
          .consent = Consent::never,
          .reason = "creating tables is the migrations' job",
          .hint =
              "run the migrations first (alembic upgrade head), or write `create: true` under "
              "the table in the spec"};
}

/// Where it is to be attached, that is what it takes; where it is not, what was begun is ended.
Judgement judge_detaching(const Difference& difference) {
  auto judgement = judge_effect(difference);
  if (difference.expected.has("partition_of")) judgement.consent = Consent::alter;
  judgement.reason = "it was detached CONCURRENTLY from " + difference.found.text() +
                     ", and that was stopped before its end";
  return judgement;
}

constexpr std::array k_attributes = {
    Attribute{.name = "form",
              .doc = "table, partitioned table or foreign table. It is read and written in another "
                     "way; partitions cannot be attached",
              .judge = judge_form,
              .is_ground = true,
              .values = "table|partitioned table|foreign table"},
    Attribute{.name = "unread",
              .doc = "parts of it that no kind compares",
              .form = Attribute::Form::directive,
              .values = "constraints"},
    Attribute{.name = "create",
              .doc = "whether pgmend may create it when it is missing",
              .form = Attribute::Form::directive,
              .values = "true"},
    Attribute{.name = "row_security",
              .doc = "whether it obeys its policies. Everybody sees all rows, or nobody but the "
                     "owner sees any",
              .judge = judge_alter,
              .values = "ENABLED"},
    Attribute{.name = "force_row_security",
              .doc = "whether its owner obeys them as well. The owner sees rows that policies "
                     "forbid, or does not see its own",
              .judge = judge_alter,
              .values = "FORCED"},
    Attribute{.name = "persistence",
              .doc = "whether it is logged. Its rows are lost in a crash and not replicated, or "
                     "writes are slower",
              .judge = judge_rewrite,
              .values = "UNLOGGED"},
    Attribute{.name = "access_method",
              .doc = "access method, where not heap. Rows are stored in another way",
              .judge = judge_rewrite},
    Attribute{.name = "options",
              .doc = "storage parameters. It takes other space, or is vacuumed at other times",
              .judge = judge_alter,
              .values = "[]"},
    Attribute{.name = "toast_options",
              .doc = "storage parameters of its TOAST table. Long values are vacuumed at other "
                     "times",
              .judge = judge_alter,
              .comes_last = true},
    k_cluster_attribute,
    Attribute{.name = "replica_identity",
              .doc = "what of old rows is replicated. UPDATEs and DELETEs of a published table "
                     "fail, or subscribers miss them",
              .judge = judge_alter,
              .comes_last = true},
    Attribute{.name = "of_type",
              .doc = "the composite type that prescribes its columns. They can be changed by "
                     "themselves, or only with the type",
              .judge = judge_alter,
              .comes_last = true},
    Attribute{
        .name = "partition_key",
        .doc =
            "how it is partitioned. Rows go to other partitions, and keys may not be enforceable",
        .judge = judge_partition_key,
        .is_ground = true},
    Attribute{.name = "partition_of",
              .doc = "the table it is a partition of, and the rows it holds as such. Its rows are "
                     "missing from queries on the table, and new ones fail with: no partition of "
                     "relation found for row",
              .judge = judge_alter},
    Attribute{.name = "detaching",
              .doc = "the table it was detached from CONCURRENTLY, where that was stopped before "
                     "its end. Its rows are missing from queries on that table, which can have no "
                     "other partition detached so",
              .form = Attribute::Form::fault,
              .since = 14,
              .judge = judge_detaching},
    Attribute{.name = "bound",
              .doc = "the rows it holds as a partition",
              .form = Attribute::Form::directive},
    Attribute{.name = "inherits",
              .doc = "the tables it inherits from. Its rows are missing from queries on the parent",
              .judge = judge_alter,
              .values = "[]"},
    Attribute{.name = "server",
              .doc = "the server of a foreign table. Its rows are read from elsewhere",
              .judge = judge_replace},
    Attribute{.name = "foreign_options",
              .doc = "what a foreign table says to its wrapper. Another remote table is read",
              .judge = judge_alter,
              .values = "[]"},
    Attribute{.name = "secrets",
              .doc = "names of such options that are not read",
              .form = Attribute::Form::directive,
              .values = "[]"},
    Attribute{.name = "hypertable",
              .doc = "whether TimescaleDB keeps it in chunks, by which column and span. Queries "
                     "read all rows, and old ones cannot be dropped by the chunk",
              .judge = judge_hypertable,
              .only_if_stated = true},
    Attribute{.name = "distribution",
              .doc = "how Citus distributes its rows: by a column, as a reference table, not at "
                     "all. Queries and joins read from other servers, or fail",
              .judge = judge_distribution,
              .only_if_stated = true,
              .is_detail = true},
    Attribute{.name = "colocated_with",
              .doc = "the table whose rows lie where its own do, by Citus. Joins and foreign keys "
                     "between them go over the network, or are refused",
              .judge = judge_colocation,
              .only_if_stated = true,
              .is_detail = true},
    Attribute{.name = "hypertable_functions",
              .doc = "the schema of TimescaleDB's functions",
              .form = Attribute::Form::directive},
};

constexpr std::array k_keys = {
    Key{.name = "create",
        .form = Key::Form::boolean,
        .attribute = "create",
        .doc = "create the table when it is missing (default: no, that is the migrations' job)"},
};

constexpr Section k_section = {.name = "tables", .owner = "", .keys = k_keys};

std::string statement(const Object& table, std::span<const std::string> elements) {
  return fmt::format("CREATE TABLE {} (\n  {}\n)", own_sql(table), text::join(elements, ",\n  "));
}

std::string alter(const Object& table, std::string_view action) {
  return fmt::format("ALTER TABLE {} {}", own_sql(table), action);
}

std::string row_security_sql(const Object& table, std::string_view attribute) {
  const bool on = table.has(attribute);
  const auto* word =
      attribute == "row_security" ? (on ? "ENABLE" : "DISABLE") : (on ? "FORCE" : "NO FORCE");
  return alter(table, fmt::format("{} ROW LEVEL SECURITY", word));
}

Recipe mend_access_method(const Object& expected, const Facts& facts) {
  if (facts.server_version < 150000)
    return {.stages = {},
            .refusal = "before PostgreSQL 15 the access method of a table cannot be changed",
            .hint = "make a new table beside it and move the rows over"};
  const auto method = expected.has("access_method") ? expected.text("access_method") : "heap";
  return {.stages = {in_transaction({alter(expected, "SET ACCESS METHOD " + method)},
                                    Lock::access_exclusive, Cost::rewrite)}};
}

/// What stands behind the parentheses. A partition is attached afterwards: only so can it have
/// columns in an order of its own.
std::string clauses(const Object& table) {
  std::string out;
  if (table.has("inherits")) out += fmt::format("\nINHERITS ({})", list(table.text("inherits")));
  if (table.has("partition_key")) out += "\nPARTITION BY " + table.text("partition_key");
  if (table.has("access_method")) out += "\nUSING " + table.text("access_method");
  out += relation_options_sql(table, "\n");
  if (is_foreign_table(table))
    out += fmt::format("\nSERVER {}{}", table.text("server"),
                       options_clause(table, "foreign_options"));
  return out;
}

Recipe create(const Object& table, std::span<const std::string> elements, const Facts&) {
  if (auto refusal = refusal_for_secrets(table)) return *refusal;
  auto create_table = statement(table, elements) + clauses(table);
  if (is_foreign_table(table)) create_table.insert(sizeof "CREATE" - 1, " FOREIGN");
  if (table.has("persistence")) create_table.insert(sizeof "CREATE" - 1, " UNLOGGED");
  std::vector<std::string> statements = {std::move(create_table)};
  for (const auto* flag : {"row_security", "force_row_security"})
    if (table.has(flag)) statements.push_back(row_security_sql(table, flag));
  if (table.has("of_type")) statements.push_back(alter(table, "OF " + table.text("of_type")));
  // An index is there later only, and what names it is said with it.
  if (table.has("replica_identity") && !table.text("replica_identity").starts_with("USING"))
    statements.push_back(alter(table, "REPLICA IDENTITY " + table.text("replica_identity")));
  // Parents must not change in the meantime.
  auto lock = table.has("inherits") ? Lock::share_update_exclusive : Lock::none;
  if (table.has("partition_of")) {
    statements.push_back(attach_partition(table));
    lock = Lock::share_update_exclusive;
  }
  if (table.has("hypertable"))
    statements.push_back(create_hypertable_sql(
        table, table.has("hypertable_functions") ? table.text("hypertable_functions") : "public"));
  if (is_to_be_distributed(table)) statements.push_back(distribute_sql(table));
  return {.stages = {in_transaction(std::move(statements), lock, Cost::catalog)}};
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts& facts) {
  if (attribute == "form" || attribute == "partition_key")
    return copied_to_a_new_one(expected, actual);
  if (attribute == "options" || attribute == "toast_options")
    return mend_relation_options(expected, actual, "ALTER TABLE", Lock::share_update_exclusive,
                                 attribute);
  if (attribute == "hypertable") return mend_hypertable(expected, actual, facts);
  if (attribute == "distribution") return mend_distribution(expected, facts);
  if (attribute == "cluster") return mend_cluster(expected, "ALTER TABLE");
  if (attribute == "of_type") return mend_of_type(expected);
  if (attribute == "foreign_options")
    return {.stages = {
                in_transaction({fmt::format("ALTER FOREIGN TABLE {} {}", own_sql(expected),
                                            change_options(expected, actual, "foreign_options"))},
                               Lock::access_exclusive, Cost::catalog)}};
  if (attribute == "persistence")
    return {.stages = {in_transaction(
                {alter(expected, expected.has("persistence") ? "SET UNLOGGED" : "SET LOGGED")},
                Lock::access_exclusive, Cost::rewrite)}};
  if (attribute == "replica_identity") {
    const auto identity =
        expected.has("replica_identity") ? expected.text("replica_identity") : "DEFAULT";
    return {.stages = {in_transaction({alter(expected, "REPLICA IDENTITY " + identity)},
                                      Lock::access_exclusive, Cost::catalog)}};
  }
  if (attribute == "partition_of" || attribute == "detaching")
    return mend_partition_of(expected, actual);
  if (attribute == "server") return {.stages = {}, .anew = true};  // ALTER has no words for it
  if (attribute == "inherits") return mend_inherits(expected, actual);
  if (attribute == "access_method") return mend_access_method(expected, facts);
  return {.stages = {in_transaction({row_security_sql(expected, attribute)}, Lock::access_exclusive,
                                    Cost::catalog)}};
}

Recipe drop(const Object& table) {
  const auto* what = is_foreign_table(table) ? "FOREIGN TABLE" : "TABLE";
  return {.stages = {in_transaction({fmt::format("DROP {} {}", what, own_sql(table))},
                                    Lock::access_exclusive, Cost::catalog)}};
}

}  // namespace

const Kind k_table = {
    .name = "table",
    .plural = "tables",
    .doc = "a table with its flags, parameters, parents, type and partitioning",
    .owner = "",
    .catalog_query = k_query,
    .weight = 7,
    .attributes = k_attributes,
    .without = "relation \"{name}\" does not exist",
    .judge_missing = judge_missing,
    .section = &k_section,
    .holds_data = true,
    .heritage_query = k_heritage_query,
    .relkinds = "{r,p}",
    .occupants_query = k_relation_occupants,
    .statement = statement,
    .create = create,
    .mend = mend,
    .renaming =
        [](const Object& table, const std::string& name) {
          return fmt::format("ALTER TABLE {} RENAME TO {}",
                             sql::quote_qualified(table.name.schema, table.name.name),
                             sql::quote_ident(name));
        },
    .copy_rows = copy_rows,
    .is_piece = is_partition,
    .drop = drop,
};

}  // namespace pgmend::kinds::table_room
