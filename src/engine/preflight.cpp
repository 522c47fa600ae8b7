// SPDX-License-Identifier: MIT
#include "engine/preflight.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "engine/price.hpp"
#include "pg/rights.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

bool is_whole(const Finding& finding) {
  return finding.expected && !finding.attribute;
}

/// Names of relations are shared by all that is one: also a rebuild under another name takes one.
bool takes_name(const Finding& finding) {
  if (!finding.expected) return false;
  const auto& kind = *finding.kind;
  if (!kind.occupants_query.empty()) return is_whole(finding) || !finding.name.relation.empty();
  if (kind.takes_name) return is_whole(finding) && kind.takes_name(*finding.expected);
  return is_whole(finding) && kind.home == Kind::Home::schema && !kind.describes;
}

}  // namespace

std::optional<Obstacle> Preflight::obstacle(const Finding& finding, const Recipe& recipe) {
  const bool alone =
      std::any_of(recipe.stages.begin(), recipe.stages.end(),
                  [](const Stage& stage) { return stage.form == Stage::Form::alone; });
  if (alone && m_connection.is_pooled())
    return Obstacle{
        "it takes a statement of its own (CONCURRENTLY), which is not safe through a connection "
        "pooler",
        "give the direct connection to the server: --database or DIRECT_URL"};
  if (finding.kind->describes) return std::nullopt;
  if (auto obstacle = in_size(finding, recipe)) return obstacle;
  if (auto obstacle = in_role(recipe)) return obstacle;
  if (auto obstacle = in_relation(finding)) return obstacle;
  if (auto obstacle = in_schema(finding)) return obstacle;
  if (auto obstacle = in_what_it_refers_to(finding)) return obstacle;
  return in_database(finding);
}

std::optional<Obstacle> Preflight::in_size(const Finding& finding, const Recipe& recipe) {
  const auto cost = cost_of(recipe);
  if (m_max_size == 0 || cost == Cost::catalog) return std::nullopt;
  std::vector<std::string> relations;
  if (finding.kind->home == Kind::Home::relation)
    relations.push_back(sql::quote_qualified(finding.name.schema, finding.name.group()));
  for (const auto& stage : recipe.stages)
    if (stage.cost == Cost::rewrite)
      relations.insert(relations.end(), stage.also_locks.begin(), stage.also_locks.end());
  const auto sizes = sizes_of(m_connection, relations);
  for (const auto& relation : relations) {
    const auto size = sizes.find(relation);
    if (size == sizes.end() || size->second.bytes <= m_max_size) continue;
    return Obstacle{
        fmt::format("{} has {}, more than --max-size, and this {}",
                    finding.kind->home == Kind::Home::relation
                        ? sql::display_ident(finding.name.group())
                        : relation,
                    size->second.words, to_string(cost)),
        "do it at a quiet hour, with a larger --max-size; what is sent is printed by: pgmend plan"};
  }
  return std::nullopt;
}

std::optional<Obstacle> Preflight::in_role(const Recipe& recipe) {
  if (recipe.superuser_for.empty()) return std::nullopt;
  if (!m_role) {
    const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot, {});
    const auto result = pg::acting_role(m_connection);
    m_role = {result.str(0, "role"), result.boolean(0, "is_superuser")};
  }
  const auto& [role, is_superuser] = *m_role;
  if (is_superuser) return std::nullopt;
  std::vector<std::string> statements;
  for (const auto& stage : recipe.stages)
    if (stage.form != Stage::Form::precondition)
      for (const auto& statement : stage.sql()) statements.push_back(statement);
  return Obstacle{
      fmt::format("only a superuser may {}, and the role {} is none", recipe.superuser_for, role),
      fmt::format("run ensure as a superuser, or have one send: {}", fmt::join(statements, "; "))};
}

Preflight::Wanted Preflight::wanted(const Finding& finding) {
  return {sql::quote_qualified(finding.name.schema, finding.name.group()),
          is_whole(finding) ? std::string(finding.kind->right_to_create) : std::string()};
}

void Preflight::look_up(const std::vector<const Finding*>& findings) {
  std::vector<Wanted> all;
  for (const auto* finding : findings) {
    if (finding->kind->home != Kind::Home::relation) continue;
    const auto each = wanted(*finding);
    if (m_ownerships.try_emplace(each).second) all.push_back(each);
  }
  if (all.empty()) return;
  const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot, {});
  const auto result = pg::ownerships(m_connection, all);
  for (int row = 0; row < result.rows(); ++row)
    m_ownerships[all.at(static_cast<std::size_t>(result.integer(row, "number")) - 1)] =
        Ownership{.owner = result.str(row, "owner"),
                  .role = result.str(row, "role"),
                  .is_enough = result.boolean(row, "owns") || result.boolean(row, "is_enough"),
                  .is_member = result.boolean(row, "is_member")};
}

std::optional<Obstacle> Preflight::in_relation(const Finding& finding) {
  if (finding.kind->home != Kind::Home::relation) return std::nullopt;
  look_up({&finding});
  const auto& ownership = m_ownerships.at(wanted(finding));
  if (!ownership || ownership->is_enough) return std::nullopt;
  const auto text = fmt::format("the role {} does not own {}", ownership->role,
                                sql::display_ident(finding.name.group()));
  if (ownership->is_member)
    return Obstacle{text, fmt::format("run with --role {}, which owns it", ownership->owner)};
  return Obstacle{
      text, fmt::format("connect as {}, who owns it, or as a member of that role (--database)",
                        ownership->owner)};
}

std::optional<Obstacle> Preflight::in_schema(const Finding& finding) {
  if (!takes_name(finding)) return std::nullopt;
  const auto [known, is_new] = m_schemas.try_emplace(finding.name.schema);
  if (is_new) known->second = in_schema(finding.name.schema);
  return known->second;
}

std::optional<Obstacle> Preflight::in_schema(const std::string& name) {
  const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot, {});
  const auto result = pg::right_to_create_in(m_connection, name);
  if (result.rows() == 0 || result.boolean(0, "creates")) return std::nullopt;
  const auto schema = sql::display_ident(name);
  const auto role = result.str(0, "role");
  return Obstacle{
      fmt::format("the role {} may not create anything in schema {}", role, schema),
      fmt::format("as the owner of the schema: GRANT CREATE ON SCHEMA {} TO {}", schema, role)};
}

std::optional<Obstacle> Preflight::in_what_it_refers_to(const Finding& finding) {
  if (!finding.expected || !finding.kind->referring) return std::nullopt;
  const auto& attributes = finding.kind->attributes;
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    if (attributes[i].form != Attribute::Form::reference) continue;
    const auto& relation = finding.expected->values[i].text();
    auto known = m_referred_to.find(relation);
    if (known == m_referred_to.end())
      known = m_referred_to.emplace(relation, in_referring_to(relation)).first;
    if (known->second) return known->second;
  }
  return std::nullopt;
}

std::optional<Obstacle> Preflight::in_referring_to(const std::string& relation) {
  const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot, {});
  const auto result = pg::right_to_refer_to(m_connection, relation);
  if (result.rows() == 0) return std::nullopt;
  for (const auto& [right, has] :
       {std::pair("REFERENCES", "may_refer"), std::pair("SELECT", "may_read")}) {
    if (result.boolean(0, has)) continue;
    const auto role = result.str(0, "role");
    return Obstacle{
        fmt::format("the role {} has no {} right on {}", role, right, relation),
        fmt::format("as its owner: GRANT REFERENCES, SELECT ON {} TO {}", relation, role)};
  }
  return std::nullopt;
}

std::optional<Obstacle> Preflight::in_database(const Finding& finding) {
  if (!is_whole(finding) || finding.kind->rights_query.empty()) return std::nullopt;
  const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot, {});
  const auto result = m_connection.query(std::string(finding.kind->rights_query),
                                         {sql::format_array({finding.name.name})});
  if (result.rows() == 0) return std::nullopt;
  return Obstacle{result.str(0, "problem"), result.str(0, "hint")};
}

}  // namespace pgmend::engine
