// SPDX-License-Identifier: MIT
#include "ledger/alembic_scripts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "ledger/python_assignments.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::ledger {

namespace {

namespace fs = std::filesystem;

/// As Alembic: Python files, but not an editor's locks and not what makes the folder a package.
bool is_revision_file(const fs::path& path) {
  const auto name = path.filename().string();
  return name.ends_with(".py") && !name.starts_with(".#") && !name.starts_with("__init__");
}

template <typename Iterator>
void list(const fs::path& folder, std::vector<fs::path>& files) {
  for (const auto& entry : Iterator(folder, fs::directory_options::skip_permission_denied))
    if (entry.is_regular_file() && is_revision_file(entry.path())) files.push_back(entry.path());
}

/// A file without `revision` is one of Alembic's first versions, if its name is an identifier.
std::string id_by_file_name(const fs::path& path) {
  const auto stem = path.stem().string();
  const bool is_hex = stem.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_hex ? stem : "";
}

std::string first_line(const std::vector<Statement>& statements) {
  if (statements.empty() || !statements[0].tokens[0].is_text()) return "";
  const auto text = text::trim(statements[0].tokens[0].text);
  return std::string(text::trim(text.substr(0, text.find('\n'))));
}

Revision read_revision(const std::vector<Statement>& statements, const fs::path& path,
                       const std::string& shown) {
  const auto assigned = top_level_assignments(statements);
  const auto texts = [&](const char* name) -> std::vector<std::string> {
    const auto found = assigned.find(name);
    if (found == assigned.end()) return {};
    if (!found->second.is_literal)
      throw PythonError(found->second.line, fmt::format("{} is not a plain text", name));
    return found->second.texts;
  };
  Revision revision;
  const auto ids = texts("revision");
  revision.id = ids.empty() ? id_by_file_name(path) : ids.front();
  if (revision.id.empty()) throw PythonError(1, "it does not say `revision = ...`");
  revision.title = first_line(statements);
  revision.parents = texts("down_revision");
  revision.needs = texts("depends_on");
  revision.labels = texts("branch_labels");
  const auto where = assigned.find("revision");
  revision.where = {shown, where == assigned.end() ? 1 : where->second.line, 0};
  return revision;
}

/// `name = "text"` anywhere, also as an argument.
std::optional<std::string> keyword_text(const std::vector<Statement>& statements,
                                        std::string_view name) {
  for (const auto& [tokens, indent] : statements)
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i)
      if (tokens[i].is(name) && tokens[i + 1].is("=") && tokens[i + 2].is_text())
        return tokens[i + 2].text;
  return std::nullopt;
}

bool calls(const std::vector<Token>& tokens, std::size_t at, std::string_view method) {
  return at > 0 && at + 1 < tokens.size() && tokens[at - 1].is(".") && tokens[at].is(method) &&
         tokens[at + 1].is("(");
}

/// The line of the first statement that is sent before the last context.configure() and not
/// committed there; 0 if there is none.
int early_statement_line(const std::vector<Statement>& statements) {
  int candidate = 0;
  int found = 0;
  for (const auto& [tokens, indent] : statements)
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      for (const auto* method : {"execute", "exec_driver_sql", "scalar", "scalars"})
        if (calls(tokens, i, method) && candidate == 0) candidate = tokens[i].line;
      if (calls(tokens, i, "commit")) candidate = 0;
      if (calls(tokens, i, "configure") && candidate != 0 && found == 0) found = candidate;
    }
  return found;
}

class ScriptReader {
 public:
  ScriptReader(const AlembicConfig& config, const fs::path& working_directory)
      : m_config(config), m_base(fs::absolute(working_directory).lexically_normal()) {}

  AlembicScripts read() {
    m_result.folder = shown(m_config.versions.front());
    m_result.version_table = m_config.version_table;
    m_result.version_table_schema = m_config.version_table_schema;
    env();
    std::vector<fs::path> files;
    for (const auto& folder : m_config.versions) list_folder(folder, files);
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    for (const auto& file : files) script(file);
    return std::move(m_result);
  }

 private:
  std::string shown(const fs::path& path) const {
    const auto relative = path.lexically_proximate(m_base).string();
    return relative.empty() || relative.starts_with("../..") ? path.string() : relative;
  }

  void list_folder(const fs::path& folder, std::vector<fs::path>& files) {
    try {
      if (!fs::is_directory(folder))
        return fault(
            fmt::format("{}: there is no such folder (named in {})", shown(folder), m_config.file));
      if (m_config.recursive)
        list<fs::recursive_directory_iterator>(folder, files);
      else
        list<fs::directory_iterator>(folder, files);
    } catch (const fs::filesystem_error& error) {
      fault(fmt::format("{}: {}", shown(folder), error.code().message()));
    }
  }

  void script(const fs::path& path) {
    try {
      const auto statements = read_python(file::read_if_exists(path).value_or(""));
      m_result.scripts.push_back(
          {read_revision(statements, path, shown(path)), read_deeds(statements)});
    } catch (const PythonError& error) {
      fault(fmt::format("{}:{}: {}", shown(path), error.line(), error.what()));
    } catch (const std::runtime_error& error) {
      fault(error.what());
    }
  }

  /// What cannot be read of env.py is no fault: it is a program, and may do anything.
  void env() {
    const auto path = m_config.scripts / "env.py";
    try {
      const auto text = file::read_if_exists(path);
      if (!text) return;
      const auto statements = read_python(*text);
      if (!m_result.version_table)
        m_result.version_table = keyword_text(statements, "version_table");
      if (!m_result.version_table_schema)
        m_result.version_table_schema = keyword_text(statements, "version_table_schema");
      if (const auto line = early_statement_line(statements); line > 0)
        m_result.early_statement = {shown(path), line, 0};
    } catch (const std::runtime_error&) {
      return;
    }
  }

  void fault(std::string text) { m_result.faults.push_back(std::move(text)); }

  const AlembicConfig& m_config;
  fs::path m_base;
  AlembicScripts m_result;
};

}  // namespace

AlembicScripts read_alembic_scripts(const AlembicConfig& config,
                                    const fs::path& working_directory) {
  return ScriptReader(config, working_directory).read();
}

}  // namespace pgmend::ledger
