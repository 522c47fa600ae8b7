// SPDX-License-Identifier: MIT
// Indexes (PostgreSQL documentation: pg_index in section 53.26, CREATE INDEX, "Building Indexes
// Concurrently"). Keys are rebuilt from structured columns; only expressions and the predicate are
// deparsed. An index that backs a constraint belongs to the constraint's room; it is read here only
// when a declaration may have named it as an index.
//
// Locks: CREATE and DROP INDEX CONCURRENTLY take SHARE UPDATE EXCLUSIVE, which blocks neither reads
// nor writes, and wait for older transactions. A build that fails leaves an INVALID index, which
// costs writes, helps no query, and is skipped by name by everything that says IF NOT EXISTS.
#include <fmt/format.h>

#include <array>

#include "kinds/indexes/index_query.hpp"
#include "kinds/indexes/partitioned_index.hpp"
#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/evidence.hpp"
#include "kinds/support/hypertable.hpp"
#include "kinds/support/index_marks.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::index_room {

namespace {

Judgement judge_state(const Difference& d) {
  if (d.found.text() == "being built")
    return {.sort = Sort::broken,
            .weight = Weight::unconfirmed,
            .reason =
                "it may be under construction: another session holds the lock of an index "
                "build on the table",
            .hint = "run again when that has ended"};
  auto judgement = judge_effect(d);
  judgement.reason = d.actual.has("lacking")
                         ? "partitions have no index attached to it: it is INVALID"
                         : "a failed build left it INVALID: queries do not use it";
  return judgement;
}

constexpr std::array k_attributes = {
    Attribute{.name = "method",
              .doc = "access method. Queries whose operators it does not serve read whole tables",
              .judge = judge_replace},
    Attribute{.name = "unique",
              .doc = "uniqueness. Duplicates are accepted, or rows refused that should not be",
              .judge = judge_replace,
              .values = "UNIQUE"},
    Attribute{
        .name = "keys",
        .doc = "key columns and expressions with collation, operator class and order. Queries that "
               "need it read whole tables, and what a unique one forbids is accepted",
        .form = Attribute::Form::text,
        .judge = judge_replace,
        .values = "[]"},
    Attribute{.name = "include",
              .doc = "INCLUDE columns. Queries cannot be answered from the index alone",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "nulls_not_distinct",
              .words = "NULLS NOT DISTINCT",
              .doc = "whether NULLs count as equal. Duplicates of NULL are accepted, or refused",
              .judge = judge_replace,
              .values = "NULLS NOT DISTINCT"},
    Attribute{.name = "options",
              .doc = "storage parameters. It takes other space and time",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "predicate",
              .doc = "WHERE clause of a partial index. Queries that need it read whole tables, and "
                     "a unique one holds for other rows",
              .form = Attribute::Form::text,
              .judge = judge_replace},
    Attribute{.name = "state",
              .doc = "whether queries can use it. Queries do not use it and read whole tables, "
                     "while every write pays for it; a unique one may hold duplicates. Everything "
                     "that says IF NOT EXISTS takes it for done",
              .judge = judge_state,
              .values = "valid|being built|invalid"},
    Attribute{.name = "statistics",
              .doc = "statistics targets of its expressions, by column, where not the server's "
                     "default. Queries may get other plans",
              .judge = judge_alter,
              .only_if_stated = true},
    Attribute{.name = "key_expressions",
              .doc = "the bare keys, for looking for duplicates",
              .form = Attribute::Form::directive,
              .values = "[]"},
    Attribute{.name = "partitioned",
              .doc = "the index of a partitioned table",
              .form = Attribute::Form::directive,
              .values = "partitioned"},
    Attribute{.name = "lacking",
              .doc = "the partitions that have no index attached to it",
              .form = Attribute::Form::directive,
              .values = "[]"},
};

constexpr std::array k_keys = {
    Key{.name = "definition",
        .attribute = "",
        .doc = "what would follow CREATE INDEX name ON table; UNIQUE may stand first"},
};

/// UNIQUE stands before the word INDEX in SQL and before the keys in a declaration.
std::string declared_statement(const Declared& declared, const std::string& twin) {
  auto definition = text::trim(declared.part("definition")->text);
  const std::string_view word = "unique";
  const bool unique = text::to_lower(definition.substr(0, word.size())) == word &&
                      definition.find_first_of(" \t\n(", word.size()) == word.size();
  if (unique) definition.remove_prefix(word.size());
  return fmt::format("CREATE {}INDEX {} ON {} {}", unique ? "UNIQUE " : "",
                     sql::quote_ident(declared.name.name), twin, definition);
}

constexpr Section k_section = {
    .name = "indexes", .owner = "tables", .keys = k_keys, .statement = declared_statement};

std::string tail(const Object& index) {
  auto out = fmt::format("({})", list(index.text("keys")));
  if (index.has("include")) out += fmt::format(" INCLUDE ({})", list(index.text("include")));
  if (index.has("nulls_not_distinct")) out += " NULLS NOT DISTINCT";
  if (index.has("options")) out += fmt::format(" WITH ({})", list(index.text("options")));
  if (index.has("predicate")) out += " WHERE " + index.text("predicate");
  return out;
}

std::string definition(const Object& index) {
  std::string out = index.has("unique") ? "UNIQUE " : "";
  if (index.text("method") != "btree") out += "USING " + index.text("method") + ' ';
  return out + tail(index);
}

std::string create_on(const Object& index, std::string_view name, std::string_view how,
                      const std::string& table) {
  return fmt::format("CREATE {}INDEX {}{} ON {} USING {} {}", index.has("unique") ? "UNIQUE " : "",
                     how, sql::quote_ident(name), table, index.text("method"), tail(index));
}

std::string create_as(const Object& index, std::string_view name, std::string_view how) {
  return create_on(index, name, how, relation_sql(index));
}

std::string statement(const Object& index, std::span<const std::string>) {
  return create_as(index, index.name.name, "");
}

std::string drop_concurrently(const Object& index, const std::string& name) {
  return "DROP INDEX CONCURRENTLY IF EXISTS " + sql::quote_qualified(index.name.schema, name);
}

Stage no_duplicate_keys(const Object& index) {
  return no_duplicates(index, sql::parse_array(index.text("key_expressions")),
                       index.text("predicate"), !index.has("nulls_not_distinct"));
}

/// A materialized view that was never filled refuses to be read, and has nothing to be read.
bool is_unpopulated(const Object* relation) {
  return relation && relation->kind->find_attribute("unpopulated") && relation->has("unpopulated");
}

/// A build that cannot succeed is not started, one that fails leaves nothing behind.
std::vector<Stage> build(const Object& index, const std::string& name, const Facts& facts) {
  std::vector<Stage> stages;
  if (index.has("unique") && !is_unpopulated(facts.relation))
    stages.push_back(no_duplicate_keys(index));
  stages.push_back(alone(create_as(index, name, "CONCURRENTLY "), Lock::share_update_exclusive,
                         Cost::build, drop_concurrently(index, name)));
  return stages;
}

/// CONCURRENTLY is refused on partitioned tables (CREATE INDEX, "Notes"): there, one partition
/// comes after the other.
std::vector<Stage> create_stages(const Object& index, std::span<const std::string> elements,
                                 const Facts& facts) {
  if (is_or_becomes_hypertable(facts))
    return {in_transaction({statement(index, elements)}, Lock::share, Cost::build)};
  if (!is_partitioned(facts.relation)) return build(index, index.name.name, facts);
  if (!facts.relation_has_rows)
    return {in_transaction({statement(index, elements)}, Lock::share, Cost::build)};
  std::vector<Stage> stages;
  if (index.has("unique")) stages.push_back(no_duplicate_keys(index));
  for (auto& stage : build_on_partitions(index, facts.partitions, create_on))
    stages.push_back(std::move(stage));
  return stages;
}

/// Whether it can be built is found out first: an INVALID unique index may still keep further
/// duplicates out.
Recipe rebuild(const Object& index, const Facts& facts) {
  auto stages = build(index, index.name.name, facts);
  stages.insert(stages.end() - 1, alone(drop_concurrently(index, index.name.name),
                                        Lock::share_update_exclusive, Cost::catalog));
  return {.stages = std::move(stages), .anew = true};
}

/// The new index stands before the old one goes (by `drop_old`), so that no query is ever without,
/// and nor is the table without its replica identity.
Recipe replace(const Object& index, std::vector<std::string> drop_old, const Facts& facts) {
  const auto helper = helper_name("new", index);
  Recipe recipe;
  recipe.stages.push_back(
      alone(drop_concurrently(index, helper), Lock::share_update_exclusive, Cost::catalog));
  for (auto& stage : build(index, helper, facts)) recipe.stages.push_back(std::move(stage));
  drop_old.push_back(fmt::format("ALTER INDEX {} RENAME TO {}",
                                 sql::quote_qualified(index.name.schema, helper),
                                 sql::quote_ident(index.name.name)));
  recipe.stages.push_back(
      in_transaction(std::move(drop_old), Lock::access_exclusive, Cost::catalog));
  recipe.stages.back().undo = drop_concurrently(index, helper);
  recipe.anew = true;
  return marked(std::move(recipe), index, facts);
}

/// That of a partitioned table cannot be built beforehand: its partitions' indexes would keep the
/// names that they were built under.
Recipe replace_at_once(const Object& index, std::vector<std::string> drop_old, const Facts& facts) {
  drop_old.push_back(statement(index, {}));
  return marked(
      {.stages = {in_transaction(std::move(drop_old), Lock::access_exclusive, Cost::build)},
       .needs = rewrite_over_rows(facts),
       .anew = true},
      index, facts);
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts& facts) {
  if (attribute == "statistics") return mend_index_statistics(expected, actual);
  if (attribute == "state" && actual.has("lacking"))
    return attach_partitions(expected, actual, create_on);
  const auto wanted = with_statistics(expected, actual);
  if (auto refusal = refusal_for_identity(wanted, facts)) return *refusal;
  if (actual.has("partitioned") || is_or_becomes_hypertable(facts))
    return replace_at_once(wanted, {"DROP INDEX " + own_sql(actual)}, facts);
  // One that would lose a mark, were the run stopped in between, is built beside it.
  const bool is_marked = !marks_of(wanted, facts).empty();
  return attribute == "state" && !is_marked
             ? rebuild(wanted, facts)
             : replace(wanted, {"DROP INDEX " + own_sql(wanted)}, facts);
}

/// A key has its name, and is none of what is expected.
Recipe in_place_of_key(const Object& index, const Facts& facts) {
  const auto& key = *facts.occupant->object;
  std::vector<std::string> drop_key;
  for (const auto& stage : key.kind->drop(key).stages)
    for (auto& statement : stage.sql()) drop_key.push_back(std::move(statement));
  return is_partitioned(facts.relation) || is_or_becomes_hypertable(facts)
             ? replace_at_once(index, std::move(drop_key), facts)
             : replace(index, std::move(drop_key), facts);
}

/// A hypertable refuses CONCURRENTLY: nobody writes to it, and to none of its chunks, meanwhile.
std::optional<Consent> needs_of(const Facts& facts) {
  return is_or_becomes_hypertable(facts) ? rewrite_over_rows(facts) : std::nullopt;
}

Recipe create(const Object& index, std::span<const std::string> elements, const Facts& facts) {
  if (facts.occupant) return in_place_of_key(index, facts);
  return marked({.stages = create_stages(index, elements, facts), .needs = needs_of(facts)}, index,
                facts);
}

std::optional<Judgement> judge_taken(const Object& expected, const Occupant& occupant) {
  const auto* key = occupant.object;
  if (!key || (key->kind != &k_primary_key && key->kind != &k_unique) ||
      key->name.relation != expected.name.relation)
    return std::nullopt;
  return Judgement{.sort = Sort::missing,
                   .consent = Consent::replace,
                   .reason = fmt::format("a {} has its name", kind_words(*key->kind))};
}

Recipe drop(const Object& index) {
  // CONCURRENTLY is refused (DROP INDEX, "Parameters").
  if (index.has("partitioned"))
    return {.stages = {in_transaction({"DROP INDEX " + own_sql(index)}, Lock::access_exclusive,
                                      Cost::catalog)}};
  return {.stages = {alone(fmt::format("DROP INDEX CONCURRENTLY {}", own_sql(index)),
                           Lock::share_update_exclusive, Cost::catalog)}};
}

}  // namespace

const Kind k_index = {
    .name = "index",
    .plural = "indexes",
    .doc = "an index with its keys, uniqueness and predicate, ready for use",
    .owner = "table",
    .catalog_query = k_index_query,
    .presence_query =
        "SELECT FROM pg_catalog.pg_index WHERE indexrelid >= 16384\n"
        "-- narrowed: AND indrelid = ANY ($1::oid[])",
    .weight = 36,
    .opens_relations = true,
    .attributes = k_attributes,
    .without =
        "no error: queries that need it read whole tables, and what a unique one forbids is "
        "accepted",
    .section = &k_section,
    .carried_along = true,
    .referable = true,
    .occupants_query = k_relation_occupants,
    .judge_taken = judge_taken,
    .after_element = marks_of,
    .statement = statement,
    .definition = definition,
    .create = create,
    .mend = mend,
    .renaming =
        [](const Object& index, const std::string& name) {
          return fmt::format("ALTER INDEX {} RENAME TO {}",
                             sql::quote_qualified(index.name.schema, index.name.name),
                             sql::quote_ident(name));
        },
    .drop = drop,
};

}  // namespace pgmend::kinds::index_room
