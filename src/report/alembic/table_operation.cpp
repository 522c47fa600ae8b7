// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "model/kind.hpp"
#include "report/alembic/operation_words.hpp"
#include "report/alembic/operations.hpp"
#include "report/alembic/python.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::report::revision {

namespace {

/// A part, in the parentheses of CREATE TABLE and of op.create_table().
struct Part {
  std::string sql;
  std::string python;
};

bool is_integer(const Object& column) {
  const auto& type = column.text("type");
  return type == "integer" || type == "bigint" || type == "smallint";
}

/// SQLAlchemy makes a column serial that is the one of its primary key, unless it is told not to.
std::optional<Part> column_part(const Object& column, const std::string& only_key_column) {
  const auto ident = sql::quote_ident(column.name.name);
  const bool is_key = column.name.name == only_key_column;
  if (column.has("serial")) {
    if (!is_key || !is_integer(column)) return std::nullopt;
    auto plain = column;
    plain.set("default", Value::absent());
    const auto words = column_words(plain, {argument("autoincrement", "True")});
    const auto& type = column.text("type");
    return Part{ident + (type == "integer"  ? " serial"
                         : type == "bigint" ? " bigserial"
                                            : " smallserial"),
                words->python};
  }
  std::vector<std::string> further;
  if (is_key && is_integer(column) && !column.has("identity"))
    further.push_back(argument("autoincrement", "False"));
  const auto words = column_words(column, std::move(further));
  if (!words) return std::nullopt;
  return Part{ident + ' ' + words->sql, words->python};
}

std::optional<Part> key_part(const Object& key, std::string_view word, std::string_view python) {
  const auto columns = names_of(key.text("columns"));
  if (!columns) return std::nullopt;
  std::vector<std::string> arguments;
  for (const auto& column : *columns) arguments.push_back(python::literal(column));
  arguments.push_back(argument("name", fixed(key.name.name)));
  return Part{fmt::format("CONSTRAINT {} {} ({})", sql::quote_ident(key.name.name), word,
                          joined(key.text("columns"))),
              fmt::format("{}({})", python, text::join(arguments, ", "))};
}

std::optional<Part> part_of(const Object& object, const std::string& only_key_column) {
  const auto kind = object.kind->name;
  if (kind == "column") return column_part(object, only_key_column);
  if (kind == "primary_key") return key_part(object, "PRIMARY KEY", "sa.PrimaryKeyConstraint");
  if (kind == "unique") return key_part(object, "UNIQUE", "sa.UniqueConstraint");
  if (kind != "check") return std::nullopt;
  return Part{fmt::format("CONSTRAINT {} CHECK ({})", sql::quote_ident(object.name.name),
                          object.text("expression")),
              fmt::format("sa.CheckConstraint({}, {})", python::sa_text(object.text("expression")),
                          argument("name", fixed(object.name.name)))};
}

/// The column that is the primary key by itself; empty if there is none.
std::string only_key_column(const std::vector<const Finding*>& parts) {
  for (const auto* part : parts) {
    if (part->kind->name != "primary_key" || !part->expected) continue;
    const auto columns = names_of(part->expected->text("columns"));
    if (columns && columns->size() == 1) return columns->front();
  }
  return "";
}

}  // namespace

std::optional<Operation> table_operation(const Finding& table,
                                         const std::vector<const Finding*>& parts,
                                         std::string_view statement) {
  const auto key = only_key_column(parts);
  Operation made = {"op.create_table", {python::literal(table.name.name)}};
  std::vector<std::string> elements;
  for (const auto* each : parts) {
    if (!each->expected || each->attribute || !each->name.is_part_of(table.name)) continue;
    const auto part = part_of(*each->expected, key);
    if (!part) return std::nullopt;
    elements.push_back(part->sql);
    made.arguments.push_back(part->python);
  }
  if (statement != fmt::format("CREATE TABLE {} (\n  {}\n)",
                               sql::quote_qualified(table.name.schema, table.name.name),
                               text::join(elements, ",\n  ")))
    return std::nullopt;
  made.arguments.push_back(in_schema(table.name));
  return made;
}

}  // namespace pgmend::report::revision
