// SPDX-License-Identifier: MIT
#include "app/compare/tools_own.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/compare/version_table.hpp"
#include "kinds/kinds.hpp"
#include "ledger/tools.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::app {

ToolsOwn::ToolsOwn(const Schema& all, const std::vector<ledger::OwnName>& own) : m_all(all) {
  for (const auto& object : all.objects()) {
    if (object.kind != &kinds::k_table) continue;
    const auto name = tool_of(object.name, all, own);
    if (name.empty()) continue;
    m_tables.emplace(std::pair{object.name.schema, object.name.name},
                     Table{&object, std::string(name)});
    m_schemas.insert(object.name.schema);
    const auto* tool = ledger::find_tool(name);
    if (tool && tool->owns_schema && object.name.schema != "public")
      m_whole_schemas.try_emplace(object.name.schema, &object);
  }
  if (!m_tables.empty()) find_sequences();
}

std::vector<ToolTable> ToolsOwn::tables() const {
  std::vector<ToolTable> tables;
  for (const auto& [name, table] : m_tables) tables.push_back({table.tool, table.object->name});
  return tables;
}

/// By what the catalogs say: it is OWNED BY a column, or a column's default takes from it, which
/// reads nextval('public."T_id_seq"'::regclass).
void ToolsOwn::find_sequences() {
  std::map<std::string, const Object*> owners;
  std::map<std::string, const Object*> defaults;
  for (const auto& [name, table] : m_tables)
    for (const auto* part : m_all.of_relation(name.first, name.second)) {
      if (part->kind != &kinds::k_column) continue;
      owners.emplace(
          sql::quote_qualified(name.first, name.second) + "." + sql::quote_ident(part->name.name),
          table.object);
      if (part->has("raw_default"))
        defaults.emplace(text::replace_all(part->text("raw_default"), "\"", ""), table.object);
    }
  for (const auto& object : m_all.objects()) {
    if (object.kind != &kinds::k_sequence) continue;
    auto found = object.has("owned_by") ? owners.find(object.text("owned_by")) : owners.end();
    if (found != owners.end()) {
      m_sequences.emplace(&object, found->second);
      continue;
    }
    found = defaults.find(
        fmt::format("nextval('{}.{}'::regclass)", object.name.schema, object.name.name));
    if (found != defaults.end()) m_sequences.emplace(&object, found->second);
  }
}

/// What stands in a schema that is all a tool's, and what calls its functions on every command.
const Object* ToolsOwn::in_whole_schema(const Object& object) const {
  if (m_whole_schemas.empty()) return nullptr;
  if (object.kind == &kinds::k_event_trigger) {
    for (const auto& [schema, table] : m_whole_schemas)
      if (object.text("function").starts_with(schema + ".")) return table;
    return nullptr;
  }
  const auto found = m_whole_schemas.find(object.name.schema);
  return found != m_whole_schemas.end() && object.kind != &kinds::k_schema ? found->second
                                                                           : nullptr;
}

/// In a database it has the address of that; in a lock file, that stands among what it needs.
const Object* ToolsOwn::described_by(const Object& object) const {
  if (!object.kind->describes) return nullptr;
  if (object.address != Address())
    if (const auto* found = m_all.find(object.address)) return found;
  for (const auto& needed : object.depends_on)
    if (const auto* found = m_all.find(*needed.kind, needed.name)) return found;
  return nullptr;
}

const Object* ToolsOwn::table_of(const Object& object) const {
  if (const auto* described = described_by(object)) return table_of(*described);
  if (const auto* table = in_whole_schema(object)) return table;
  if (object.kind == &kinds::k_sequence) {
    const auto* own = m_all.find(*object.kind, object.name);
    const auto found = m_sequences.find(own);
    return found != m_sequences.end() ? found->second : nullptr;
  }
  if (object.kind->home != Kind::Home::relation) return nullptr;
  const auto found = m_tables.find({object.name.schema, object.name.group()});
  return found != m_tables.end() ? found->second.object : nullptr;
}

const Object* ToolsOwn::schema_of(const Object& object) const {
  if (const auto* described = described_by(object)) return schema_of(*described);
  if (object.kind != &kinds::k_schema || !m_schemas.contains(object.name.name)) return nullptr;
  return m_all.find(*object.kind, object.name);
}

/// Of a comment or a privilege, the schema may be the very thing that it is on. "public" is
/// everybody's.
bool ToolsOwn::holds_nothing_else(const std::string& schema) const {
  if (!m_knows_shared) {
    m_shared.insert("public");
    for (const auto& object : m_all.objects())
      if (!object.kind->describes && m_schemas.contains(object.name.schema) && !table_of(object))
        m_shared.insert(object.name.schema);
    m_knows_shared = true;
  }
  return !m_shared.contains(schema);
}

bool ToolsOwn::covers(const Object& object) const {
  if (table_of(object)) return true;
  const auto* schema = schema_of(object);
  return schema && holds_nothing_else(schema->name.name);
}

Applications without_tools_own(const std::shared_ptr<const Schema>& schema, const Schema& all,
                               const std::vector<ledger::OwnName>& own) {
  const ToolsOwn tools(all, own);
  if (tools.is_empty()) return {schema, {}};
  auto rest = std::make_shared<Schema>();
  for (const auto& object : schema->objects())
    if (!tools.covers(object)) rest->add(object);
  return {std::move(rest), tools.tables()};
}

namespace {

/// It may be what a newer version of the tool, or an older one, has made of it.
bool has_name_of_tool(const Finding& finding, const Schema& expected) {
  return finding.kind->home == Kind::Home::relation &&
         !ledger::tool_of_name(finding.name.group()).empty() &&
         !expected.relation(finding.name.schema, finding.name.group());
}

}  // namespace

void judge_extras(std::vector<Finding>& findings, const Schema& expected, const Schema& actual,
                  bool strict, const std::vector<ledger::OwnName>& own) {
  const auto is_extra = [](const Finding& each) { return each.judgement.sort == Sort::extra; };
  if (std::none_of(findings.begin(), findings.end(), is_extra)) return;
  const ToolsOwn tools(actual, own);
  std::erase_if(findings, [&](const Finding& finding) {
    if (!is_extra(finding)) return false;
    if (tools.table_of(*finding.actual)) return true;
    const auto* schema = tools.schema_of(*finding.actual);
    return schema && !expected.find(*schema->kind, schema->name);
  });
  for (auto& finding : findings) {
    if (!is_extra(finding)) continue;
    if (has_name_of_tool(finding, expected)) {
      finding.judgement.consent = Consent::never;
      finding.judgement.reason = fmt::format("{} calls its own table so: left alone",
                                             ledger::tool_of_name(finding.name.group()));
    }
    if (strict) finding.judgement.weight = Weight::drift;
  }
}

}  // namespace pgmend::app
