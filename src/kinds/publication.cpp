// SPDX-License-Identifier: MIT
// Publications (PostgreSQL documentation, section 31.1, pg_publication in section 53.40). Column
// lists, row filters and whole schemas came with version 15; sequences, and tables that one for all
// tables leaves out, with 19. Subscriptions hold connection strings: they are no kind.
//
// Locks: a table that is published, or no longer, is locked in SHARE UPDATE EXCLUSIVE, which blocks
// neither reads nor writes.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::publication_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT '' AS schema,
       '' AS relation,
       p.pubname AS name,
       'pg_catalog.pg_publication'::pg_catalog.regclass::oid AS classid,
       p.oid AS objid,
       0 AS objsubid,
       CASE WHEN p.puballtables THEN 'ALL TABLES' END AS all_tables,
       CASE WHEN p.puballsequences THEN 'ALL SEQUENCES' END AS all_sequences, -- since 19
       -- before 19: NULL AS all_sequences,
       (SELECT pg_catalog.array_agg('ONLY ' || pg_catalog.quote_ident(n.nspname) || '.' -- since 19
                                    || pg_catalog.quote_ident(c.relname) -- since 19
                                    ORDER BY n.nspname, c.relname) -- since 19
        FROM pg_catalog.pg_publication_rel r -- since 19
        JOIN pg_catalog.pg_class c ON c.oid = r.prrelid -- since 19
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace -- since 19
        WHERE r.prpubid = p.oid AND r.prexcept) AS "except", -- since 19
       -- before 19: NULL AS "except",
       (SELECT pg_catalog.array_agg(
                 'ONLY ' || pg_catalog.quote_ident(n.nspname) || '.'
                 || pg_catalog.quote_ident(c.relname)
                 || coalesce(' (' || (SELECT pg_catalog.string_agg( -- since 15
                      pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum) -- since 15
                      FROM pg_catalog.pg_attribute a -- since 15
                      WHERE a.attrelid = c.oid AND a.attnum = ANY (r.prattrs)) || ')', '') -- since 15
                 || coalesce(' WHERE (' || pg_catalog.pg_get_expr(r.prqual, c.oid) || ')', '') -- since 15
                 ORDER BY n.nspname, c.relname)
        FROM pg_catalog.pg_publication_rel r
        JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE r.prpubid = p.oid
          AND NOT r.prexcept -- since 19
       ) AS tables,
       (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(n.nspname) || '.'
                                    || pg_catalog.quote_ident(c.relname))
        FROM pg_catalog.pg_publication_rel r
        JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE r.prpubid = p.oid
          AND NOT r.prexcept -- since 19
       ) AS bare_tables,
       (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(n.nspname) ORDER BY n.nspname) -- since 15
        FROM pg_catalog.pg_publication_namespace s -- since 15
        JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid -- since 15
        WHERE s.pnpubid = p.oid) AS schemas, -- since 15
       -- before 15: NULL AS schemas,
       pg_catalog.concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END,
                            CASE WHEN p.pubupdate THEN 'update' END,
                            CASE WHEN p.pubdelete THEN 'delete' END,
                            CASE WHEN p.pubtruncate THEN 'truncate' END) AS operations,
       CASE WHEN p.pubviaroot THEN 'true' END AS via_root,
       CASE pg_catalog.to_jsonb(p) ->> 'pubgencols' WHEN 's' THEN 'stored' END AS generated
FROM pg_catalog.pg_publication p
WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_publication'::pg_catalog.regclass
                    AND e.objid = p.oid AND e.deptype = 'e')
  -- all but: AND p.oid <> ALL ($1::oid[])
ORDER BY p.pubname
)sql";

constexpr std::string_view k_parts_query = R"sql(
SELECT 'pg_catalog.pg_publication_rel'::pg_catalog.regclass::oid AS classid, r.oid AS objid,
       'pg_catalog.pg_publication'::pg_catalog.regclass::oid AS wholeclassid,
       r.prpubid AS wholeobjid
FROM pg_catalog.pg_publication_rel r
UNION ALL -- since 15
SELECT 'pg_catalog.pg_publication_namespace'::pg_catalog.regclass::oid, s.oid, -- since 15
       'pg_catalog.pg_publication'::pg_catalog.regclass::oid, s.pnpubid -- since 15
FROM pg_catalog.pg_publication_namespace s -- since 15
)sql";

bool is_for_all(const Object& publication) {
  return publication.has("all_tables") || publication.has("all_sequences");
}

/// Since 19, ALTER PUBLICATION sets what one for all is for; one that names tables or schemas takes
/// nothing of the sort.
bool takes_all(const Object& expected, const Object& actual) {
  return is_for_all(expected) && !actual.has("tables") && !actual.has("schemas");
}

/// Older servers say nothing about sequences.
bool can_be_set(const Object& expected, const Object& actual) {
  return takes_all(expected, actual) && actual.value("all_sequences").is_specified();
}

/// "ONLY s.t (b, a) WHERE (...)" with its columns sorted: the server prints them in the order that
/// they have in the table.
std::string with_sorted_columns(const std::string& table) {
  const auto open = sql::find_outside_quotes(table, "(");
  if (open == std::string::npos || table.substr(0, open).ends_with(" WHERE ")) return table;
  const auto close = sql::find_outside_quotes(table, ")", open);
  if (close == std::string::npos) return table;
  auto columns =
      sql::split_outside_quotes(std::string_view(table).substr(open + 1, close - open - 1), ',');
  std::sort(columns.begin(), columns.end());
  return table.substr(0, open + 1) + text::join(columns, ", ") + table.substr(close);
}

bool have_the_same_columns(const Difference& d) {
  const auto sorted = [](const Value& value) {
    auto tables = sql::parse_array(value.text());
    for (auto& table : tables) table = with_sorted_columns(table);
    return tables;
  };
  return d.wanted.is_present() && d.found.is_present() && sorted(d.wanted) == sorted(d.found);
}

Judgement judge_all_tables(const Difference& d) {
  return can_be_set(d.expected, d.actual) ? judge_alter(d) : judge_replace(d);
}

/// Of what only servers have that can.
Judgement judge_since_19(const Difference& d) {
  return takes_all(d.expected, d.actual) ? judge_alter(d) : judge_replace(d);
}

// What is published goes to others: no more and no less without being told to.
constexpr std::array k_attributes = {
    Attribute{.name = "all_tables",
              .doc = "whether it is for all tables. Subscribers get more tables, or fewer",
              .judge = judge_all_tables,
              .values = "ALL TABLES"},
    Attribute{.name = "all_sequences",
              .doc = "whether it is for all sequences. Subscribers do not get the values of "
                     "sequences, or get what they should not",
              .since = 19,
              .judge = judge_since_19,
              .values = "ALL SEQUENCES"},
    Attribute{.name = "except",
              .doc = "tables that one for all tables leaves out. Subscribers miss changes, or get "
                     "what they should not",
              .since = 19,
              .judge = judge_since_19,
              .values = "[]"},
    Attribute{.name = "tables",
              .doc = "its tables with columns and row filters. Subscribers miss changes, or get "
                     "what they should not",
              .judge = judge_alter,
              .alike = have_the_same_columns,
              .values = "[]"},
    Attribute{.name = "schemas",
              .doc = "schemas all of whose tables it is for. Subscribers miss changes, or get what "
                     "they should not",
              .since = 15,
              .judge = judge_alter,
              .values = "[]"},
    Attribute{
        .name = "operations",
        .doc = "operations it publishes. Subscribers miss INSERTs, UPDATEs, DELETEs or TRUNCATEs",
        .judge = judge_alter},
    Attribute{.name = "via_root",
              .doc = "whether partitions are published as their root. Subscribers look for tables "
                     "of other names",
              .judge = judge_alter,
              .values = "true"},
    Attribute{
        .name = "generated",
        .doc = "whether stored generated columns are published. Subscribers miss generated columns",
        .since = 18,
        .judge = judge_alter,
        .values = "stored"},
    Attribute{.name = "bare_tables",
              .doc = "names of its tables",
              .form = Attribute::Form::directive,
              .values = "[]"},
};

/// "TABLE ONLY a, ONLY b, TABLES IN SCHEMA c"; empty if there is nothing in it.
std::string members(const Object& publication) {
  std::vector<std::string> parts;
  for (const auto& [attribute, words] :
       {std::pair{"tables", "TABLE "}, std::pair{"schemas", "TABLES IN SCHEMA "}})
    if (publication.has(attribute)) parts.push_back(words + list(publication.text(attribute)));
  return text::join(parts, ", ");
}

/// "ALL TABLES EXCEPT (TABLE ONLY a, TABLE ONLY b), ALL SEQUENCES".
std::string everything(const Object& publication) {
  std::vector<std::string> parts;
  if (publication.has("all_tables")) parts.emplace_back("ALL TABLES");
  if (publication.has("all_tables") && publication.has("except"))
    parts.front() += fmt::format(
        " EXCEPT (TABLE {})", text::join(sql::parse_array(publication.text("except")), ", TABLE "));
  if (publication.has("all_sequences")) parts.emplace_back("ALL SEQUENCES");
  return text::join(parts, ", ");
}

std::string parameters(const Object& publication) {
  auto out = fmt::format("publish = {}, publish_via_partition_root = {}",
                         sql::quote_literal(publication.text("operations")),
                         publication.has("via_root") ? "true" : "false");
  if (publication.has("generated"))
    out += ", publish_generated_columns = " + publication.text("generated");
  return out;
}

std::string statement(const Object& publication, std::span<const std::string>) {
  auto out = "CREATE PUBLICATION " + sql::quote_ident(publication.name.name);
  const auto in_it = members(publication);
  if (is_for_all(publication))
    out += " FOR " + everything(publication);
  else if (!in_it.empty())
    out += " FOR " + in_it;
  return fmt::format("{} WITH ({})", out, parameters(publication));
}

std::string drop_sql(const Object& publication) {
  return "DROP PUBLICATION " + sql::quote_ident(publication.name.name);
}

Recipe with_tables(std::vector<std::string> statements, bool any) {
  return {
      .stages = {in_transaction(std::move(statements),
                                any ? Lock::share_update_exclusive : Lock::none, Cost::catalog)}};
}

Recipe create(const Object& publication, std::span<const std::string> elements, const Facts&) {
  return with_tables({statement(publication, elements)},
                     publication.has("tables") || publication.has("except"));
}

/// SET puts all that is expected in the place of what is there, but it cannot leave nothing. Tables
/// are removed by their bare names.
std::string set_members(const Object& expected, const Object& actual) {
  const auto alter = "ALTER PUBLICATION " + sql::quote_ident(expected.name.name);
  if (const auto wanted = members(expected); !wanted.empty())
    return fmt::format("{} SET {}", alter, wanted);
  auto gone = actual;
  gone.set("tables", actual.value("bare_tables"));
  return fmt::format("{} DROP {}", alter, members(gone));
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts& facts) {
  const auto alter = "ALTER PUBLICATION " + sql::quote_ident(expected.name.name);
  if (attribute == "all_tables" || attribute == "all_sequences" || attribute == "except") {
    const bool is_settable =
        attribute == "all_tables" ? can_be_set(expected, actual) : takes_all(expected, actual);
    if (!is_settable) return made_anew();
    return with_tables({fmt::format("{} SET {}", alter, everything(expected))},
                       expected.has("except") || actual.has("except"));
  }
  if (attribute == "tables" || attribute == "schemas") {
    if (is_for_all(expected) || is_for_all(actual))
      return mend(expected, actual, "all_tables", facts);
    return with_tables({set_members(expected, actual)},
                       expected.has("tables") || actual.has("tables"));
  }
  if (attribute == "generated" && !expected.has("generated"))
    return with_tables({alter + " SET (publish_generated_columns = none)"}, false);
  return with_tables({fmt::format("{} SET ({})", alter, parameters(expected))}, false);
}

Recipe drop(const Object& publication) {
  return with_tables({drop_sql(publication)}, false);
}

}  // namespace

const Kind k_publication = {
    .name = "publication",
    .plural = "publications",
    .doc = "a publication with its tables, schemas and operations",
    .home = Kind::Home::database,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_publication",
    .parts_query = k_parts_query,
    .attributes = k_attributes,
    .without = "publication \"{name}\" does not exist: replication stops",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::publication_room
