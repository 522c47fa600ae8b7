// SPDX-License-Identifier: MIT
#include "engine/heritage.hpp"

#include <algorithm>
#include <string>

#include "pg/transaction.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

void Heritage::add_to(const Object& created, Recipe& recipe) {
  strip(created, recipe);
  share(created, recipe);
}

void Heritage::strip(const Object& created, Recipe& recipe) {
  if (!m_input.said || created.kind->describes) return;
  const auto stage = std::find_if(
      recipe.stages.begin(), recipe.stages.end(),
      [](const Stage& each) { return each.form == Stage::Form::transaction && each.head.empty(); });
  if (stage == recipe.stages.end()) return;
  for (const auto* kind : m_input.kinds)
    if (kind->strip)
      for (const auto& more : kind->strip(created, said_of(created)))
        stage->statements.insert(stage->statements.end(), more.statements.begin(),
                                 more.statements.end());
}

/// What is said of it and of what is part of it.
std::vector<const Object*> Heritage::said_of(const Object& object) {
  if (!m_said) {
    m_said.emplace();
    for (const auto& description : m_input.said->objects())
      if (description.kind->describes)
        for (const auto& needed : description.depends_on)
          m_said->insert({{needed.name.schema, needed.name.group()}, &description});
  }
  std::vector<const Object*> said;
  const auto [begin, end] = m_said->equal_range({object.name.schema, object.name.group()});
  for (auto at = begin; at != end; ++at) said.push_back(at->second);
  return said;
}

namespace {

/// Stands for the name of what is created, where all others share the same.
constexpr const char* k_new = "pgmend: the new one";

}  // namespace

void Heritage::share(const Object& created, Recipe& recipe) {
  const auto& kind = *created.kind;
  if (kind.heritage_query.empty() || recipe.stages.empty()) return;
  auto& stage = recipe.stages.front();
  if (stage.form != Stage::Form::transaction || !stage.head.empty()) return;
  for (auto& statement : shared_by(created)) stage.statements.push_back(std::move(statement));
}

/// Asked once for all that are created in a schema. A name that a literal would have to escape is
/// put in by the server.
std::vector<std::string> Heritage::shared_by(const Object& created) {
  const auto& [schema, relation, name] = created.name;
  if (name.find_first_of("'\"\\") != std::string::npos) return ask(*created.kind, schema, name);
  const auto known = m_shared.find({created.kind, schema});
  auto statements =
      known != m_shared.end()
          ? known->second
          : m_shared.emplace(Siblings{created.kind, schema}, ask(*created.kind, schema, k_new))
                .first->second;
  for (auto& statement : statements)
    statement = text::replace_all(statement, sql::quote_ident(k_new), sql::quote_ident(name));
  return statements;
}

std::vector<std::string> Heritage::ask(const Kind& kind, const std::string& schema,
                                       const std::string& name) {
  const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot, {});
  const auto result = m_connection.query(std::string(kind.heritage_query),
                                         {schema, name, std::string(kind.relkinds)});
  std::vector<std::string> statements;
  for (int row = 0; row < result.rows(); ++row) {
    const auto about = result.str(row, "about");
    const bool is_asked_for =
        std::any_of(m_input.kinds.begin(), m_input.kinds.end(),
                    [&](const Kind* other) { return other->asked_for == about; });
    if (!is_asked_for) statements.push_back(result.str(row, "statement"));
  }
  return statements;
}

}  // namespace pgmend::engine
