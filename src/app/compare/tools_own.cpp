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

namespace {

/// As the catalogs print a sequence inside a default: nextval('public."T_id_seq"'::regclass).
bool is_filled_from(const Object& column, const Object& sequence) {
  if (column.kind != &kinds::k_column || !column.has("raw_default")) return false;
  return text::replace_all(column.text("raw_default"), "\"", "") ==
         fmt::format("nextval('{}.{}'::regclass)", sequence.name.schema, sequence.name.name);
}

/// The schema of which an object says that it stands in it; of a comment or a privilege, that may
/// be the very schema that it is on.
bool stands_in(const Object& object, const std::string& schema) {
  return object.name.schema == schema && !object.kind->describes;
}

}  // namespace

ToolsOwn::ToolsOwn(const Schema& all, const std::vector<Ledger>& ledgers) : m_all(all) {
  std::set<std::string> named;
  for (const auto& ledger : ledgers) named.insert(ledger.table);
  for (const auto& object : all.objects()) {
    if (object.kind != &kinds::k_table ||
        (!named.contains(display(object.name)) && !is_version_table(object.name, all)))
      continue;
    m_tables.emplace(std::pair{object.name.schema, object.name.name}, &object);
    m_schemas.insert(object.name.schema);
    const auto* tool = ledger::find_tool(tool_of(object.name, all));
    if (tool && tool->owns_schema && object.name.schema != "public")
      m_whole_schemas.try_emplace(object.name.schema, &object);
  }
  if (!m_tables.empty()) find_sequences();
}

void ToolsOwn::find_sequences() {
  for (const auto& object : m_all.objects()) {
    if (object.kind != &kinds::k_sequence) continue;
    for (const auto& [name, table] : m_tables) {
      const auto owner = sql::quote_qualified(name.first, name.second) + ".";
      const auto parts = m_all.of_relation(name.first, name.second);
      if ((object.has("owned_by") && object.text("owned_by").starts_with(owner)) ||
          std::any_of(parts.begin(), parts.end(),
                      [&](const Object* part) { return is_filled_from(*part, object); }))
        m_sequences.emplace(&object, table);
    }
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
  return found != m_tables.end() ? found->second : nullptr;
}

const Object* ToolsOwn::schema_of(const Object& object) const {
  if (const auto* described = described_by(object)) return schema_of(*described);
  if (object.kind != &kinds::k_schema || !m_schemas.contains(object.name.name)) return nullptr;
  return m_all.find(*object.kind, object.name);
}

namespace {

std::vector<AbsentBooks> find_absent(const Schema& all, const Schema& actual) {
  std::vector<AbsentBooks> absent;
  for (const auto& object : all.objects()) {
    if (object.kind != &kinds::k_table || actual.find(*object.kind, object.name)) continue;
    const auto tool = tool_of(object.name, all);
    if (!tool.empty()) absent.push_back({std::string(tool), object.name});
  }
  return absent;
}

/// What is left out of what is expected.
class Absence {
 public:
  Absence(const Schema& all, const Schema& actual) : m_own(all), m_all(all), m_actual(actual) {}

  bool covers(const Object& object) const {
    if (const auto* table = m_own.table_of(object))
      return !m_actual.find(*table->kind, table->name);
    const auto* schema = m_own.schema_of(object);
    return schema && !m_actual.find(*schema->kind, schema->name) && holds_nothing_else(*schema);
  }

 private:
  bool holds_nothing_else(const Object& schema) const {
    const auto& all = m_all.objects();
    return std::all_of(all.begin(), all.end(), [&](const Object& object) {
      return !stands_in(object, schema.name.name) || m_own.table_of(object);
    });
  }

  ToolsOwn m_own;
  const Schema& m_all;
  const Schema& m_actual;
};

}  // namespace

std::shared_ptr<const Schema> without_absent_books(const std::shared_ptr<const Schema>& expected,
                                                   const Schema& all, const Schema& actual,
                                                   std::vector<AbsentBooks>& absent) {
  absent = find_absent(all, actual);
  if (absent.empty()) return expected;
  const Absence absence(all, actual);
  auto rest = std::make_shared<Schema>();
  for (const auto& object : expected->objects())
    if (!absence.covers(object)) rest->add(object);
  return rest;
}

void judge_extras(std::vector<Finding>& findings, const Schema& expected, const Schema& actual,
                  bool strict, const std::vector<Ledger>& ledgers) {
  const auto is_extra = [](const Finding& each) { return each.judgement.sort == Sort::extra; };
  if (std::none_of(findings.begin(), findings.end(), is_extra)) return;
  const ToolsOwn own(actual, ledgers);
  const auto is_expected = [&](const Object& object) {
    return expected.find(*object.kind, object.name) != nullptr;
  };
  std::erase_if(findings, [&](const Finding& finding) {
    if (!is_extra(finding)) return false;
    const auto* table = own.table_of(*finding.actual);
    const auto* schema = own.schema_of(*finding.actual);
    return (table && !is_expected(*table)) || (schema && !is_expected(*schema));
  });
  for (auto& finding : findings) {
    if (!is_extra(finding)) continue;
    if (!finding.kind->describes && own.table_of(*finding.actual)) {
      finding.judgement.consent = Consent::never;
      finding.judgement.reason = "it belongs to the version table of a migration tool: left alone";
    } else if (strict) {
      finding.judgement.weight = Weight::drift;
    }
  }
}

}  // namespace pgmend::app
