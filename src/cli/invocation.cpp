// SPDX-License-Identifier: MIT
#include "cli/invocation.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "app/database/shown_url.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

/// Gathers options in the words of a shell.
class CommandTail {
 public:
  explicit CommandTail(bool& lacks_password) : m_lacks_password(lacks_password) {}

  void add(std::string_view option, const std::string& value) {
    m_text += fmt::format(" {} {}", option, text::shell_word(value));
  }
  void add(std::string_view option, const std::vector<std::string>& values) {
    for (const auto& value : values) add(option, value);
  }
  void add(std::string_view option, const std::optional<std::string>& value) {
    if (value) add(option, *value);
  }
  void flag(std::string_view option, bool is_set) {
    if (is_set) m_text += fmt::format(" {}", option);
  }
  template <typename Time>
  void time(std::string_view option, Time value, Time usual) {
    using std::chrono::seconds;
    if (value != usual)
      add(option, std::to_string(std::chrono::duration_cast<seconds>(value).count()));
  }
  /// A database, or whatever else can stand in its place.
  void source(std::string_view option, const std::string& value) {
    if (!may_be_database(value)) return add(option, value);
    const auto shown = app::shown_url(value);
    m_lacks_password = m_lacks_password || shown.lacks_password;
    if (!shown.text.empty()) m_text += fmt::format(" {} {}", option, shown.text);
  }
  const std::string& text() const { return m_text; }

  static bool may_be_database(const std::string& value) {
    return value.find("://") != std::string::npos || value.find('=') != std::string::npos;
  }

 private:
  std::string m_text;
  bool& m_lacks_password;
};

void add_connection(CommandTail& words, const Options& options) {
  if (options.database) words.source("--database", *options.database);
  if (options.connect_timeout_seconds != Options().connect_timeout_seconds)
    words.add("--connect-timeout", std::to_string(options.connect_timeout_seconds));
}

void add_sources(CommandTail& words, const Options& options) {
  for (const auto& source : options.schema) words.source("--schema", source);
  words.flag("--strict", options.strict);
  if (options.fail_on != k_all_sorts) {
    std::vector<std::string> sorts;
    for (const auto sort : options.fail_on) sorts.emplace_back(to_string(sort));
    words.add("--fail-on", text::join(sorts, ","));
  }
  if (options.scratch) words.source("--scratch", *options.scratch);
  words.add("--python", options.python);
  words.time("--python-timeout", options.python_timeout, Options().python_timeout);
}

void add_filters(CommandTail& words, const Options& options) {
  words.add("--schema-name", options.schema_names);
  words.add("--table", options.tables);
  words.add("--kind", options.kinds);
  words.add("--ignore", options.ignore);
  for (const auto& what : options.with) words.add("--with", what);
}

void add_repairs(CommandTail& words, const Options& options) {
  const Options usual;
  words.add("--backfill", options.backfills);
  words.add("--role", options.role);
  words.time("--patience", options.patience, usual.patience);
  words.time("--build-wait", options.build_wait, usual.build_wait);
  words.time("--build-timeout", options.build_timeout, usual.build_timeout);
  if (options.max_size > 0) words.add("--max-size", std::to_string(options.max_size));
  words.add("--alembic-config", options.alembic_config);
  words.add("--version-table", options.version_table);
  words.flag("--even-if-pending", options.even_if_pending);
  words.flag("--even-if-unclear", options.even_if_unclear);
  words.flag("--even-if-empty", options.even_if_empty);
}

void add_members(CommandTail& words, const FleetOptions& fleet) {
  words.add("--schemas", fleet.schemas);
  words.add("--databases", fleet.databases);
  words.add("--urls", fleet.urls);
  words.add("--except", fleet.except);
  words.add("--map", fleet.map);
  words.add("--like", fleet.like);
  words.flag("--majority", fleet.majority);
}

}  // namespace

Invocation invocation_of(const Options& options) {
  Invocation made;
  CommandTail connection(made.lacks_password);
  add_connection(connection, options);
  made.connection = connection.text();
  CommandTail all(made.lacks_password);
  add_sources(all, options);
  add_connection(all, options);
  if (options.command == Command::fleet) {
    made.of_many = "fleet ";
    add_members(all, options.fleet);
  }
  add_filters(all, options);
  add_repairs(all, options);
  made.options = all.text();
  if (const char* form = std::getenv("PGMEND_CALLED_AS")) made.form = form;
  for (const auto consent : options.consents) made.allowed.emplace_back(to_string(consent));
  return made;
}

std::string shown_source(const std::string& source) {
  return CommandTail::may_be_database(source) ? app::shown_url(source).text
                                              : text::shell_word(source);
}

}  // namespace pgmend::cli
