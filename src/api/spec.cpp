// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <pgmend/spec.hpp>
#include <set>

#include "api/convert.hpp"
#include "app/database/project.hpp"
#include "model/spec_error.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::api {

Table::Table(std::string name, const Where& where) : m_name(std::move(name)), m_where(where) {}

Table& Table::column(std::string name, std::string definition, std::string backfill,
                     const Where& where) {
  m_parts.push_back(
      {"columns", std::move(name), std::move(definition), std::move(backfill), where});
  return *this;
}

Table& Table::index(std::string name, std::string definition, const Where& where) {
  m_parts.push_back({"indexes", std::move(name), std::move(definition), {}, where});
  return *this;
}

Table& Table::constraint(std::string name, std::string definition, const Where& where) {
  m_parts.push_back({"constraints", std::move(name), std::move(definition), {}, where});
  return *this;
}

Table& Table::create_if_missing() {
  m_is_created = true;
  return *this;
}

Table& Spec::table(const std::string& name, const Where& where) {
  const auto known = std::find_if(m_tables.begin(), m_tables.end(),
                                  [&](const Table& table) { return table.name() == name; });
  return known != m_tables.end() ? *known : m_tables.emplace_back(name, where);
}

namespace {

SourceLocation location(const Where& where) {
  return {where.file, where.line};
}

/// Reads a spec into declarations, as the reader of pgmend.yaml does for files.
class Reader {
 public:
  Declarations read(const Spec& spec) {
    m_out.search_path = {"public"};
    m_out.file = "a spec in code";
    for (const auto& table : spec.tables()) read_table(table);
    if (m_faults.empty() && m_out.relations.empty())
      fault({m_out.file}, "it names nothing to check", "add tables: spec.table(\"name\")");
    if (!m_faults.empty()) throw SpecError(std::move(m_faults));
    return std::move(m_out);
  }

 private:
  void fault(const SourceLocation& where, const std::string& message, const std::string& hint) {
    m_faults.push_back({where, "", message, hint});
  }

  /// libpq would silently cut a text at a NUL.
  void check_text(const std::string& text, const char* what, const SourceLocation& where) {
    if (text::trim(text).empty()) fault(where, fmt::format("{} is empty", what), "write it out");
    if (text.find('\0') != std::string::npos)
      fault(where, fmt::format("{} holds a NUL character", what), "take it away");
  }

  void check_twice(const std::string& key, const std::string& name, const SourceLocation& where) {
    if (!m_seen.insert(key).second)
      fault(where, fmt::format("`{}` is declared twice", name), "keep one of them");
  }

  void read_table(const Table& table) {
    Declarations::Relation relation;
    auto& self = relation.self;
    self.section = app::find_section("tables");
    self.where = location(table.where());
    self.name = app::relation_name(table.name());
    check_text(self.name.name, "the name of a table", self.where);
    check_twice(sql::quote_qualified(self.name.schema, self.name.name), table.name(), self.where);
    if (table.is_created()) self.parts["create"] = {"true", self.where};
    for (const auto& part : table.parts()) relation.parts.push_back(read_part(part, self.name));
    m_out.relations.push_back(std::move(relation));
  }

  Declared read_part(const Table::Part& part, const Name& table) {
    Declared declared;
    declared.section = app::find_section(part.section);
    declared.where = location(part.where);
    declared.name = {table.schema, table.name, sql::truncate_identifier(part.name)};
    check_text(part.name, "a name", declared.where);
    check_text(part.definition, "a definition", declared.where);
    check_twice(fmt::format("{} {}", sql::quote_qualified(table.schema, table.name),
                            sql::quote_qualified(part.section, declared.name.name)),
                part.name, declared.where);
    declared.parts["definition"] = {part.definition, declared.where};
    if (!part.backfill.empty()) declared.parts["backfill"] = {part.backfill, declared.where};
    return declared;
  }

  Declarations m_out;
  std::set<std::string> m_seen;
  std::vector<Fault> m_faults;
};

}  // namespace

Declarations to_declarations(const Spec& spec) {
  return Reader().read(spec);
}

}  // namespace pgmend::api
