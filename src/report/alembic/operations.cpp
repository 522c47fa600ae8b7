// SPDX-License-Identifier: MIT
#include "report/alembic/operations.hpp"

#include <fmt/format.h>

#include <tuple>

#include "model/kind.hpp"
#include "report/alembic/column_type.hpp"
#include "report/alembic/operation_words.hpp"
#include "report/alembic/python.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::report::revision {

namespace {

using python::literal;
using python::sa_text;

std::string table_of(const Name& name) {
  return sql::quote_qualified(name.schema, name.relation);
}

std::string alter(const Name& name) {
  return "ALTER TABLE " + table_of(name) + ' ';
}

std::optional<Operation> add_column(const Object& column, std::string_view statement) {
  const auto words = column_words(column);
  if (!words || column.has("identity") ||
      statement != fmt::format("{}ADD COLUMN {} {}", alter(column.name),
                               sql::quote_ident(column.name.name), words->sql))
    return std::nullopt;
  return Operation{"op.add_column",
                   {literal(column.name.relation), words->python, in_schema(column.name)}};
}

std::optional<Operation> alter_column(const Object& column, std::string_view statement) {
  const auto begin =
      fmt::format("{}ALTER COLUMN {} ", alter(column.name), sql::quote_ident(column.name.name));
  if (!statement.starts_with(begin)) return std::nullopt;
  const auto action = statement.substr(begin.size());
  const auto with = [&](std::string_view key, const std::string& value) {
    return Operation{"op.alter_column",
                     {literal(column.name.relation), literal(column.name.name),
                      argument(key, value), in_schema(column.name)}};
  };
  if (action == "SET NOT NULL") return with("nullable", "False");
  if (action == "DROP NOT NULL") return with("nullable", "True");
  if (action == "DROP DEFAULT") return with("server_default", "None");
  if (column.has("default") && action == "SET DEFAULT " + column.text("default"))
    return with("server_default", sa_text(column.text("default")));
  if (const auto type = python::column_type(column.text("type"));
      type && action == "TYPE " + column.text("type"))
    return with("type_", *type);
  return std::nullopt;
}

std::optional<Operation> create_index(const Object& index, std::string_view statement) {
  const auto& name = index.name;
  const bool unique = index.has("unique");
  const auto build = [&](std::string_view how) {
    auto sql = fmt::format("CREATE {}INDEX {}{} ON {} USING {} ({})", unique ? "UNIQUE " : "", how,
                           sql::quote_ident(name.name), table_of(name), index.text("method"),
                           joined(index.text("keys")));
    if (index.has("include")) sql += fmt::format(" INCLUDE ({})", joined(index.text("include")));
    if (index.has("predicate")) sql += " WHERE " + index.text("predicate");
    return sql;
  };
  const bool is_concurrent = statement == build("CONCURRENTLY ");
  if (!is_concurrent && statement != build("")) return std::nullopt;
  std::vector<std::string> keys;
  for (const auto& key : sql::parse_array(index.text("keys"))) {
    const auto column = name_of(key);
    keys.push_back(column ? literal(*column) : sa_text(key));
  }
  Operation made = {"op.create_index",
                    {fixed(name.name), literal(name.relation), "[" + text::join(keys, ", ") + "]"}};
  auto& arguments = made.arguments;
  if (unique) arguments.push_back(argument("unique", "True"));
  arguments.push_back(in_schema(name));
  if (index.text("method") != "btree")
    arguments.push_back(argument("postgresql_using", literal(index.text("method"))));
  if (index.has("include")) {
    const auto include = names_of(index.text("include"));
    if (!include) return std::nullopt;
    arguments.push_back(argument("postgresql_include", python::list(*include)));
  }
  if (index.has("predicate"))
    arguments.push_back(argument("postgresql_where", sa_text(index.text("predicate"))));
  if (is_concurrent) arguments.push_back(argument("postgresql_concurrently", "True"));
  return made;
}

/// Whether the statement adds the constraint with this definition; with NOT VALID behind it, the
/// option that says so is added.
bool adds(const Object& object, const std::string& definition, std::string_view statement,
          std::vector<std::string>& arguments) {
  const auto plain = fmt::format("{}ADD CONSTRAINT {} {}", alter(object.name),
                                 sql::quote_ident(object.name.name), definition);
  if (statement == plain) return true;
  arguments.push_back(argument("postgresql_not_valid", "True"));
  return statement == plain + " NOT VALID";
}

std::optional<Operation> create_check(const Object& check, std::string_view statement) {
  const auto& name = check.name;
  std::vector<std::string> arguments = {fixed(name.name), literal(name.relation),
                                        sa_text(check.text("expression")), in_schema(name)};
  if (!adds(check, fmt::format("CHECK ({})", check.text("expression")), statement, arguments))
    return std::nullopt;
  return Operation{"op.create_check_constraint", std::move(arguments)};
}

std::optional<Operation> create_foreign_key(const Object& key, std::string_view statement) {
  const auto& name = key.name;
  const auto parent = sql::split_outside_quotes(key.text("parent"), '.');
  const auto columns = names_of(key.text("columns"));
  const auto parent_columns = names_of(key.text("parent_columns"));
  if (parent.size() != 2 || !columns || !parent_columns) return std::nullopt;
  const auto parent_schema = name_of(parent[0]);
  const auto parent_table = name_of(parent[1]);
  if (!parent_schema || !parent_table) return std::nullopt;
  auto definition = fmt::format("FOREIGN KEY ({}) REFERENCES {} ({})", joined(key.text("columns")),
                                key.text("parent"), joined(key.text("parent_columns")));
  std::vector<std::string> arguments = {fixed(name.name),
                                        literal(name.relation),
                                        literal(*parent_table),
                                        python::list(*columns),
                                        python::list(*parent_columns),
                                        in_schema(name, "source_schema"),
                                        argument("referent_schema", literal(*parent_schema))};
  if (key.has("match")) {
    definition += " MATCH " + key.text("match");
    arguments.push_back(argument("match", literal(key.text("match"))));
  }
  for (const auto& [attribute, words, option] :
       {std::tuple{"on_update", " ON UPDATE ", "onupdate"},
        std::tuple{"on_delete", " ON DELETE ", "ondelete"}}) {
    if (!key.has(attribute)) continue;
    definition += words + key.text(attribute);
    arguments.push_back(argument(option, literal(key.text(attribute))));
  }
  if (key.has("deferrable")) {
    definition += ' ' + key.text("deferrable");
    arguments.push_back(argument("deferrable", "True"));
    if (key.text("deferrable").ends_with("DEFERRED"))
      arguments.push_back(argument("initially", literal("DEFERRED")));
  }
  if (!adds(key, definition, statement, arguments)) return std::nullopt;
  return Operation{"op.create_foreign_key", std::move(arguments)};
}

std::optional<Operation> create_key(const Object& key, std::string_view statement,
                                    std::string_view word, std::string_view call) {
  const auto columns = names_of(key.text("columns"));
  if (!columns ||
      statement != fmt::format("{}ADD CONSTRAINT {} {} ({})", alter(key.name),
                               sql::quote_ident(key.name.name), word, joined(key.text("columns"))))
    return std::nullopt;
  return Operation{std::string(call),
                   {fixed(key.name.name), literal(key.name.relation), python::list(*columns),
                    in_schema(key.name)}};
}

std::optional<Operation> drop(const Object& object, std::string_view statement) {
  const auto& name = object.name;
  const auto ident = sql::quote_ident(name.name);
  const auto kind = object.kind->name;
  if (kind == "table" && statement == "DROP TABLE " + sql::quote_qualified(name.schema, name.name))
    return Operation{"op.drop_table", {literal(name.name), in_schema(name)}};
  if (kind == "column" && statement == alter(name) + "DROP COLUMN " + ident)
    return Operation{"op.drop_column",
                     {literal(name.relation), literal(name.name), in_schema(name)}};
  if (kind == "index" &&
      statement == "DROP INDEX CONCURRENTLY " + sql::quote_qualified(name.schema, name.name))
    return Operation{"op.drop_index",
                     {fixed(name.name), literal(name.relation), in_schema(name),
                      argument("postgresql_concurrently", "True")}};
  if (statement == alter(name) + "DROP CONSTRAINT " + ident)
    return Operation{"op.drop_constraint",
                     {fixed(name.name), literal(name.relation), in_schema(name)}};
  return std::nullopt;
}

std::optional<Operation> create(const Object& object, std::string_view statement) {
  const auto kind = object.kind->name;
  if (kind == "column") return add_column(object, statement);
  if (kind == "index") return create_index(object, statement);
  if (kind == "check") return create_check(object, statement);
  if (kind == "foreign_key") return create_foreign_key(object, statement);
  if (kind == "unique")
    return create_key(object, statement, "UNIQUE", "op.create_unique_constraint");
  if (kind == "primary_key")
    return create_key(object, statement, "PRIMARY KEY", "op.create_primary_key");
  return std::nullopt;
}

}  // namespace

std::optional<Operation> operation(const Finding& finding, std::string_view statement) {
  if (finding.is_removal()) return finding.actual ? drop(*finding.actual, statement) : std::nullopt;
  if (finding.kind->name == "column")
    if (auto altered = alter_column(*finding.expected, statement)) return altered;
  if (auto created = create(*finding.expected, statement)) return created;
  return finding.actual ? drop(*finding.actual, statement) : std::nullopt;
}

}  // namespace pgmend::report::revision
