// SPDX-License-Identifier: MIT
#include "ledger/own_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

namespace pgmend::ledger {

namespace {

/// Files in which tools, or those who begin with them, keep the setting.
struct Setting {
  const Tool* tool;
  std::string_view key;
  std::vector<std::string_view> files;
};

const std::vector<Setting>& settings() {
  static const std::vector<Setting> k_all = {
      {&k_typeorm,
       "migrationsTableName",
       {"ormconfig.json", "ormconfig.js", "ormconfig.ts", "data-source.ts", "data-source.js",
        "src/data-source.ts", "src/data-source.js", "src/db/data-source.ts",
        "src/database/data-source.ts"}},
      {&k_sequelize,
       "migrationStorageTableName",
       {"config/config.json", "config/config.js", "config/database.json", "config/database.js",
        "src/config/config.json", "src/config/config.js"}},
      {&k_mikro_orm,
       "tableName",
       {"mikro-orm.config.ts", "mikro-orm.config.js", "src/mikro-orm.config.ts",
        "src/mikro-orm.config.js"}},
      {&k_node_pg_migrate, "migrations-table", {"config/default.json", "config/production.json"}},
      {&k_kysely, "migrationTableName", {"kysely.config.ts", ".config/kysely.config.ts"}},
      {&k_drizzle, "table", {"drizzle.config.ts", "drizzle.config.js", "drizzle.config.json"}},
      {&k_rails,
       "schema_migrations_table_name",
       {"config/application.rb", "config/environment.rb", "config/initializers/active_record.rb"}},
      {&k_ecto,
       "migration_source",
       {"config/config.exs", "config/runtime.exs", "config/prod.exs", "config/dev.exs"}},
      {&k_laravel, "migrations", {"config/database.php"}},
      {&k_laravel, "table", {"config/database.php"}},
      {&k_dbmate, "DBMATE_MIGRATIONS_TABLE", {".env"}},
  };
  return k_all;
}

bool is_of_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' || c == '-';
}

bool is_blank(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

/// Whether what stands there is behind the beginning of a comment, in the same line.
bool is_commented_out(std::string_view text, std::size_t at) {
  const auto line = text.substr(0, at).substr(text.substr(0, at).rfind('\n') + 1);
  return line.find('#') != std::string_view::npos || line.find("//") != std::string_view::npos;
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
}

std::optional<std::string> value_behind(std::string_view rest) {
  if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) rest.remove_prefix(1);
  skip_blanks(rest);
  if (rest.empty() || (rest.front() != ':' && rest.front() != '=')) return std::nullopt;
  rest.remove_prefix(rest.starts_with("=>") ? 2 : 1);
  skip_blanks(rest);
  if (rest.empty()) return std::nullopt;
  const char quote = rest.front();
  if (quote != '"' && quote != '\'' && quote != '`') {
    std::size_t end = 0;
    while (end < rest.size() && (is_of_name(rest[end]) || rest[end] == '.')) ++end;
    const bool is_all = end == rest.size() || rest[end] == '\n' || rest[end] == '\r';
    return is_all && end > 0 ? std::optional(std::string(rest.substr(0, end))) : std::nullopt;
  }
  const auto end = rest.find(quote, 1);
  if (end == std::string_view::npos || end == 1) return std::nullopt;
  const auto value = rest.substr(1, end - 1);
  // A template's text is put together.
  if (value.find("${") != std::string_view::npos || value.find("#{") != std::string_view::npos)
    return std::nullopt;
  return std::string(value);
}

std::string without_schema(const std::string& name) {
  return name.substr(name.rfind('.') + 1);
}

}  // namespace

std::optional<std::string> plain_setting(std::string_view text, std::string_view key) {
  for (auto at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    const auto behind = at + key.size();
    const bool is_whole = (at == 0 || !is_of_name(text[at - 1])) &&
                          (behind == text.size() || !is_of_name(text[behind]));
    if (!is_whole || is_commented_out(text, at)) continue;
    if (auto value = value_behind(text.substr(behind))) return value;
  }
  return std::nullopt;
}

bool is_own_name(const Tool& tool, const VersionTable& form, std::string_view name,
                 const std::vector<OwnName>& own) {
  return !form.entries.empty() && std::any_of(own.begin(), own.end(), [&](const OwnName& each) {
    return each.tool == &tool && each.name == name;
  });
}

std::vector<OwnName> own_names(const ProjectFiles& files) {
  std::vector<OwnName> names;
  if (const char* name = std::getenv("DBMATE_MIGRATIONS_TABLE"); name && *name)
    names.push_back({&k_dbmate, without_schema(name)});
  for (const auto& [tool, key, places] : settings())
    for (const auto place : places)
      if (const auto text = files.text_of(place))
        if (const auto name = plain_setting(*text, key))
          names.push_back({tool, without_schema(*name)});
  return names;
}

}  // namespace pgmend::ledger
