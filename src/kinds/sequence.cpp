// SPDX-License-Identifier: MIT
// Sequences (PostgreSQL documentation, CREATE SEQUENCE, and pg_sequence in section 53.47) that
// stand for themselves. Those of serial and identity columns belong to the column, whatever their
// name. The value a sequence has come to is data, and is not compared.
//
// Locks: ALTER SEQUENCE takes SHARE ROW EXCLUSIVE on the sequence, for which nextval() waits, and
// ACCESS EXCLUSIVE to change its persistence. On tables: none but ACCESS SHARE for OWNED BY.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/heritage.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::sequence_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       c.relname AS name,
       'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format_type(s.seqtypid, NULL) AS type,
       s.seqstart AS start,
       s.seqincrement AS increment,
       s.seqmin AS min,
       s.seqmax AS max,
       s.seqcache AS cache,
       CASE WHEN s.seqcycle THEN 'CYCLE' END AS cycle,
       CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED' END AS unlogged,
       (SELECT '"' || pg_catalog.replace(tn.nspname, '"', '""') || '"."'
               || pg_catalog.replace(t.relname, '"', '""') || '"."'
               || pg_catalog.replace(a.attname, '"', '""') || '"'
        FROM pg_catalog.pg_depend o
        JOIN pg_catalog.pg_class t ON t.oid = o.refobjid
        JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
        WHERE o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.objid = c.oid
          AND o.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
          AND o.deptype = 'a') AS owned_by
FROM pg_catalog.pg_sequence s
CROSS JOIN LATERAL (SELECT c.oid, c.relname, c.relnamespace, c.relpersistence
                    FROM pg_catalog.pg_class c WHERE c.oid = s.seqrelid OFFSET 0) AS c
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = c.relnamespace OFFSET 0) AS n
WHERE true
  -- narrowed: AND s.seqrelid = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  -- identity
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend o
                  WHERE o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.objid = c.oid
                    AND o.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                    AND o.deptype = 'i' OFFSET 0)
  -- serial: owned by a column whose default is nothing but its nextval()
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend o
                  JOIN pg_catalog.pg_attrdef d ON d.adrelid = o.refobjid AND d.adnum = o.refobjsubid
                  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                  JOIN pg_catalog.pg_depend u
                    ON u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND u.objid = d.oid
                   AND u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                   AND u.refobjid = c.oid
                  WHERE o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.objid = c.oid
                    AND o.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                    AND o.deptype = 'a'
                    AND CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, 0) END
                        ~ '^nextval\(''([^'']|'''')*''::regclass\)$')
  AND c.oid NOT IN (SELECT e.objid FROM pg_catalog.pg_depend e
                    WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                      AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND e.deptype = 'e')
ORDER BY n.nspname, c.relname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "type", .doc = "data type. Numbers run out earlier", .judge = judge_alter},
    Attribute{.name = "start",
              .doc = "START value. Only after a RESTART: numbers begin elsewhere",
              .judge = judge_alter,
              .values = "#"},
    Attribute{
        .name = "increment",
        .doc =
            "INCREMENT. Numbers come in other steps: code that reserves a block of them collides",
        .judge = judge_alter,
        .values = "#"},
    Attribute{.name = "min",
              .doc = "MINVALUE. Numbers run out earlier, or get out of range",
              .judge = judge_alter,
              .values = "#"},
    Attribute{.name = "max",
              .doc = "MAXVALUE. Numbers run out earlier, or get out of range",
              .judge = judge_alter,
              .values = "#"},
    Attribute{.name = "cache",
              .doc = "CACHE. Numbers have other gaps",
              .judge = judge_alter,
              .values = "#"},
    Attribute{.name = "cycle",
              .doc = "whether it starts again at its end. It fails at its end, or gives numbers a "
                     "second time",
              .judge = judge_alter,
              .values = "CYCLE"},
    Attribute{.name = "unlogged",
              .doc = "not written to the log, and lost in a crash. After a crash it begins anew, "
                     "and gives numbers a second time",
              .since = 15,
              .judge = judge_alter,
              .values = "UNLOGGED"},
    Attribute{
        .name = "owned_by",
        .doc =
            "column with which it is dropped. It stays when the column goes, or goes with another",
        .judge = judge_part},
};

std::string options(const Object& sequence) {
  return fmt::format("AS {} INCREMENT BY {} MINVALUE {} MAXVALUE {} START WITH {} CACHE {} {}",
                     sequence.text("type"), sequence.text("increment"), sequence.text("min"),
                     sequence.text("max"), sequence.text("start"), sequence.text("cache"),
                     sequence.has("cycle") ? "CYCLE" : "NO CYCLE");
}

std::string statement(const Object& sequence, std::span<const std::string>) {
  auto out = fmt::format("CREATE {}SEQUENCE {} {}", sequence.has("unlogged") ? "UNLOGGED " : "",
                         own_sql(sequence), options(sequence));
  if (sequence.has("owned_by")) out += " OWNED BY " + sequence.text("owned_by");
  return out;
}

std::string owner_clause(const Object& sequence) {
  return "OWNED BY " + (sequence.has("owned_by") ? sequence.text("owned_by") : std::string("NONE"));
}

/// One that is a serial column's so far is let go.
Recipe create(const Object& sequence, std::span<const std::string> elements, const Facts& facts) {
  if (facts.occupant)
    return {.stages = {in_transaction(
                {fmt::format("ALTER SEQUENCE {} {}", own_sql(sequence), options(sequence)),
                 fmt::format("ALTER SEQUENCE {} {}", own_sql(sequence), owner_clause(sequence))},
                Lock::share_row_exclusive, Cost::catalog)}};
  const auto lock = sequence.has("owned_by") ? Lock::access_share : Lock::none;
  return {.stages = {in_transaction({statement(sequence, elements)}, lock, Cost::catalog)}};
}

/// All numbers are set at once: one without the other may be out of bounds on the way.
Recipe mend(const Object& expected, const Object&, std::string_view attribute, const Facts&) {
  const auto altered = [&](const std::string& action, Lock lock) {
    return Recipe{
        .stages = {in_transaction({fmt::format("ALTER SEQUENCE {} {}", own_sql(expected), action)},
                                  lock, Cost::catalog)}};
  };
  if (attribute == "unlogged")
    return altered(expected.has("unlogged") ? "SET UNLOGGED" : "SET LOGGED",
                   Lock::access_exclusive);
  if (attribute == "owned_by") return altered(owner_clause(expected), Lock::share_row_exclusive);
  return altered(options(expected), Lock::share_row_exclusive);
}

Recipe drop(const Object& sequence) {
  return {.stages = {in_transaction({"DROP SEQUENCE IF EXISTS " + own_sql(sequence)},
                                    Lock::access_exclusive, Cost::catalog)}};
}

/// Those of identity columns are not read here either, but cannot be let go.
std::optional<Judgement> judge_taken(const Object&, const Occupant& occupant) {
  if (occupant.what != "sequence" || occupant.object) return std::nullopt;
  return Judgement{.sort = Sort::missing,
                   .consent = Consent::alter,
                   .reason = "a serial column owns it, as its own"};
}

}  // namespace

const Kind k_sequence = {
    .name = "sequence",
    .plural = "sequences",
    .doc = "a sequence that no serial or identity column owns, with its options",
    .owner = "",
    .catalog_query = k_query,
    .presence_query =
        "SELECT FROM pg_catalog.pg_sequence\n"
        "-- narrowed: WHERE seqrelid = ANY ($1::oid[])",
    .attributes = k_attributes,
    .without = "relation \"{name}\" does not exist",
    .holds_data = true,
    .carried_along = true,
    .heritage_query = k_heritage_query,
    .relkinds = "{S}",
    .occupants_query = k_relation_occupants,
    .judge_taken = judge_taken,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::sequence_room
