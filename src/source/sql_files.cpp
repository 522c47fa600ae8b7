// SPDX-License-Identifier: MIT
#include "source/sql_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <set>

#include "model/spec_error.hpp"
#include "source/psql_command.hpp"
#include "util/cache_folder.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_at(SourceLocation where, std::string message, std::string hint) {
  throw SpecError(
      Fault{.where = std::move(where), .message = std::move(message), .hint = std::move(hint)});
}

/// Says what is wrong with a file that holds no text, if something is.
void check_text(const std::string& text, const SourceLocation& where) {
  if (text.starts_with("PGDMP"))
    fail_at(where, "it is a dump in pg_dump's custom format, not SQL",
            "make SQL of it: pg_restore --schema-only --file schema.sql FILE");
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    fail_at(where, "it is UTF-16 text, and UTF-8 is needed",
            "convert it: iconv -f UTF-16 -t UTF-8 FILE > schema.sql");
  if (text.find('\0') != std::string::npos)
    fail_at(where, "it is a binary file, not SQL", "name a text file with SQL");
}

std::string without_mark(std::string text) {
  constexpr std::string_view k_byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(k_byte_order_mark)) text.erase(0, k_byte_order_mark.size());
  return text;
}

std::optional<std::string> read_if_there(const std::string& path, const SourceLocation& where) {
  try {
    return file::read_if_exists(path);
  } catch (const std::runtime_error& error) {
    fail_at(where, error.what(), "check the file's permissions");
  }
}

std::string read_file(const std::string& path, const SourceLocation& where) {
  auto text = read_if_there(path, where);
  if (!text && where.line > 0)
    fail_at(where, "there is no file " + path,
            "\\i looks in the working directory, \\ir beside the file it stands in");
  if (!text) fail_at(where, "there is no such file", "check the name");
  check_text(*text, {path});
  return std::move(*text);
}

class Collector {
 public:
  explicit Collector(std::string name) { m_script.name = std::move(name); }

  void add_session(const std::string& path) {
    m_script.sessions.push_back(m_script.items.size());
    m_ended = false;
    add_file(path, {path});
  }

  void add_text(const std::string& text, const std::string& file) {
    if (m_script.sessions.empty()) m_script.sessions.push_back(0);
    ScriptReader reader(text, file);
    while (auto item = reader.next()) {
      if (m_ended) return;
      if (item->sort == ScriptItem::Sort::statement)
        m_script.items.push_back(std::move(*item));
      else
        obey(*item);
    }
  }

  void note(std::string text) { m_script.notes.push_back(std::move(text)); }
  SqlScript finish() { return std::move(m_script); }

 private:
  void add_file(const std::string& path, const SourceLocation& where) {
    auto text = read_file(path, where);
    std::error_code ignored;
    m_script.files.push_back({fs::absolute(path, ignored).string(), cache::digest(text)});
    text = without_mark(std::move(text));
    const auto real = fs::weakly_canonical(path, ignored).string();
    if (const auto open = std::find(m_open.begin(), m_open.end(), real); open != m_open.end())
      fail_at(where, "the files include each other in a circle: " + circle(open, real),
              "take one of the includes away");
    m_open.push_back(real);
    add_text(text, path);
    m_open.pop_back();
  }

  std::string circle(std::vector<std::string>::const_iterator from, const std::string& to) const {
    std::string out;
    for (auto file = from; file != m_open.end(); ++file)
      out += fs::path(*file).filename().string() + " -> ";
    return out + fs::path(to).filename().string();
  }

  void obey(ScriptItem& item) {
    const auto command = read_psql_command(item);
    switch (command.sort) {
      case PsqlCommand::Sort::ignored:
        return;
      case PsqlCommand::Sort::quit:
        m_ended = true;
        return;
      case PsqlCommand::Sort::copy:
        item.is_copy_in = true;
        m_script.items.push_back(std::move(item));
        return;
      case PsqlCommand::Sort::connect:
        return connect(item);
      case PsqlCommand::Sort::include:
        return add_file(command.argument, item.where);
      case PsqlCommand::Sort::include_beside:
        return add_file((fs::path(item.where.file).parent_path() / command.argument).string(),
                        item.where);
    }
  }

  /// As pg_dump --create puts it before all else. Anywhere else it leads to another database.
  void connect(const ScriptItem& item) {
    const bool made_something =
        std::any_of(m_script.items.begin(), m_script.items.end(), [](const ScriptItem& before) {
          return before.key(0) != "set" && before.key(0) != "select" &&
                 before.key(1) != "database" && before.key(2) != "database";
        });
    if (made_something)
      fail_at(item.where, item.text + ": what follows is meant for another database",
              "put each database into a file of its own");
    note(fmt::format("{}: {} was skipped, all of it is loaded into one scratch database",
                     display(item.where), item.text));
  }

  SqlScript m_script;
  std::vector<std::string> m_open;  // files, the innermost last
  bool m_ended = false;             // \q
};

bool is_hidden(const fs::path& relative) {
  return std::any_of(relative.begin(), relative.end(),
                     [](const fs::path& part) { return part.string().starts_with('.'); });
}

std::vector<std::string> sql_files(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (auto at = fs::recursive_directory_iterator(folder, error);
       !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    const auto& path = at->path();
    if (path.extension() == ".sql" && at->is_regular_file(error) &&
        !is_hidden(path.lexically_relative(folder)))
      files.push_back(path.string());
  }
  if (error)
    fail_at({folder.string()}, "cannot be read: " + error.message(), "check its permissions");
  std::sort(files.begin(), files.end());
  return files;
}

/// The files that others in the folder include: they have their places there.
std::set<std::string> included_files(const std::vector<std::string>& files) {
  std::set<std::string> included;
  for (const auto& path : files) {
    const auto text = without_mark(read_file(path, {path}));
    ScriptReader reader(text, path);
    while (const auto item = reader.next()) {
      if (item->sort != ScriptItem::Sort::command) continue;
      const auto command = read_psql_command(*item);
      const auto parent = fs::path(path).parent_path();
      std::error_code ignored;
      if (command.sort == PsqlCommand::Sort::include)
        included.insert(fs::weakly_canonical(command.argument, ignored).string());
      if (command.sort == PsqlCommand::Sort::include_beside)
        included.insert(fs::weakly_canonical(parent / command.argument, ignored).string());
    }
  }
  return included;
}

/// Steps back undo what the steps forward made.
bool steps_back(const std::string& path) {
  return path.ends_with(".down.sql");
}

SqlScript read_folder(const std::string& folder) {
  auto files = sql_files(folder);
  if (files.empty())
    fail_at({folder}, "there is no .sql file in this folder", "name a folder with .sql files");
  Collector collector(folder);
  if (const auto back = std::erase_if(files, steps_back); back > 0)
    collector.note(fmt::format("{}: {} skipped", folder,
                               text::count(back, "file *.down.sql", "files *.down.sql")));
  const auto included = included_files(files);
  std::error_code ignored;
  auto roots = files;
  std::erase_if(roots, [&](const std::string& path) {
    return included.contains(fs::weakly_canonical(path, ignored).string());
  });
  // All include each other: the first one says so.
  for (const auto& path : roots.empty() ? files : roots) collector.add_session(path);
  return collector.finish();
}

}  // namespace

SqlScript read_sql(const std::string& source) {
  if (source == "-") {
    const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    check_text(text, {"stdin"});
    return read_sql_text(without_mark(text), "stdin");
  }
  std::error_code ignored;
  if (fs::is_directory(source, ignored)) return read_folder(source);
  Collector collector(source);
  collector.add_session(source);
  return collector.finish();
}

std::vector<std::string> files_of(const std::string& source) {
  std::error_code ignored;
  return fs::is_directory(source, ignored) ? sql_files(source) : std::vector{source};
}

SqlScript read_sql_text(const std::string& text, const std::string& name) {
  Collector collector(name);
  collector.add_text(text, name);
  return collector.finish();
}

}  // namespace pgmend::source
