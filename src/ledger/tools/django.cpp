// SPDX-License-Identifier: MIT
// Django: a row for each migration of each application. `migrate --fake` writes one without running
// anything, and nothing tells it from others. A migration that replaces others counts as applied
// when all of them are (Django documentation, "Squashing migrations").
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "ledger/python_tokens.hpp"
#include "ledger/tools.hpp"
#include "util/text.hpp"

namespace pgmend::ledger::django_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"applied", "app", "name"});

constexpr std::string_view k_entries = R"sql(
SELECT app || '.' || name AS entry
FROM {table}
ORDER BY applied DESC, id DESC
)sql";

constexpr auto k_tables = std::to_array<VersionTable>(
    {{.name = "django_migrations", .columns = k_columns, .entries = k_entries}});

std::vector<Statement> statements_of(const ProjectFile& file) {
  try {
    return read_python(ProjectFiles::text(file).value_or(""));
  } catch (const PythonError&) {
    return {};
  }
}

/// The texts that a statement like `name = [("a", "b")]` assigns.
std::vector<std::string> assigned(const std::vector<Statement>& statements, std::string_view name) {
  std::vector<std::string> texts;
  for (const auto& [tokens, indent] : statements)
    if (tokens.size() > 2 && tokens[0].is(name) && tokens[1].is("="))
      for (const auto& token : tokens)
        if (token.is_text()) texts.push_back(token.text);
  return texts;
}

struct App {
  std::string folder;  // "backend/shop"
  std::string label;   // "shop", unless its configuration says another
  std::vector<const ProjectFile*> files;
};

class Project {
 public:
  explicit Project(const ProjectFiles& files) {
    for (const auto& file : files.all()) {
      if (!file.ends_with(".py")) continue;
      const bool may_set = file.name.starts_with("settings") || file.folder.ends_with("settings");
      if (may_set) read_settings(file);
      if (file.name == "apps.py") read_label(file);
      const auto package = package_of(file);
      if (package && !file.name.starts_with('_') && !file.name.starts_with('~'))
        m_apps[*package].files.push_back(&file);
    }
    for (auto& [folder, app] : m_apps) {
      app.folder = folder;
      const auto label = m_labels.find(folder);
      app.label = label != m_labels.end() ? label->second : folder.substr(folder.rfind('/') + 1);
    }
  }

  std::vector<App> apps() const {
    std::vector<App> all;
    for (const auto& [folder, app] : m_apps) all.push_back(app);
    return all;
  }

  /// Whether some settings name it, by the end of its path.
  bool is_installed(const App& app) const {
    return std::any_of(m_installed.begin(), m_installed.end(), [&](const std::string& name) {
      const auto module = name.substr(0, name.find(".apps."));
      const auto path = text::replace_all(module, ".", "/");
      return app.folder == path || app.folder.ends_with("/" + path);
    });
  }

 private:
  /// The folder of the application whose migration this is.
  static std::optional<std::string> package_of(const ProjectFile& file) {
    constexpr std::string_view k_end = "/migrations";
    if (!file.folder.ends_with(k_end)) return std::nullopt;
    return file.folder.substr(0, file.folder.size() - k_end.size());
  }

  void read_settings(const ProjectFile& file) {
    for (const auto& [tokens, indent] : statements_of(file)) {
      if (tokens.empty() || !tokens[0].text.ends_with("_APPS")) continue;
      for (const auto& token : tokens)
        if (token.is_text()) m_installed.insert(token.text);
    }
  }

  void read_label(const ProjectFile& file) {
    const auto labels = assigned(statements_of(file), "label");
    if (labels.size() == 1) m_labels[file.folder] = labels.front();
  }

  std::map<std::string, App> m_apps;
  std::map<std::string, std::string> m_labels;
  std::set<std::string> m_installed;
};

/// Pairs of an application and a name.
std::vector<std::string> replaced_by(const std::vector<Statement>& statements) {
  const auto texts = assigned(statements, "replaces");
  std::vector<std::string> keys;
  for (std::size_t i = 0; i + 1 < texts.size(); i += 2)
    keys.push_back(texts[i] + "." + texts[i + 1]);
  return keys;
}

bool has_migration(const std::vector<Statement>& statements) {
  return std::any_of(statements.begin(), statements.end(), [](const Statement& statement) {
    return statement.tokens.size() > 1 && statement.tokens[0].is("class") &&
           statement.tokens[1].is("Migration");
  });
}

/// Whether they are the database's, its rows decide as well: see hold().
std::vector<MigrationFolder> find(const ProjectFiles& files) {
  const Project project(files);
  MigrationFolder all;
  for (const auto& app : project.apps()) {
    const bool is_installed = project.is_installed(app);
    bool has_any = false;
    for (const auto* file : app.files) {
      const auto statements = statements_of(*file);
      if (!has_migration(statements)) continue;
      has_any = true;
      const auto key = fmt::format("{}.{}", app.label, file->stem());
      all.files.push_back({key, key, {file->shown(), 0, 0}, replaced_by(statements), is_installed});
    }
    if (!has_any) continue;
    all.name += (all.name.empty() ? "" : ", ") + app.folder + "/migrations";
  }
  if (all.files.empty()) return {};
  return {std::move(all)};
}

std::string app_of(const std::string& key) {
  return key.substr(0, key.find('.'));
}

void hold(Ledger& ledger, const MigrationFolder& folder) {
  std::set<std::string> applied(ledger.keys.begin(), ledger.keys.end());
  std::set<std::string> apps;
  for (const auto& key : applied) apps.insert(app_of(key));
  const auto is_applied = [&](const std::string& key) { return applied.contains(key); };
  std::set<std::string> passed_over;
  for (const auto& file : folder.files) {
    const auto& olds = file.replaces;
    if (olds.empty()) continue;
    const auto number = std::count_if(olds.begin(), olds.end(), is_applied);
    if (is_applied(file.key) || number == std::ssize(olds)) applied.insert(file.key);
    // Django goes on with the old ones where some of them have run.
    if (number > 0 && !is_applied(file.key))
      passed_over.insert(file.key);
    else
      passed_over.insert(olds.begin(), olds.end());
  }
  for (const auto& file : folder.files) {
    if (is_applied(file.key) || passed_over.contains(file.key)) continue;
    if (!file.is_certain && !apps.contains(app_of(file.key))) continue;
    ledger.pending.push_back(pending_revision(file));
  }
}

constexpr auto k_signs = std::to_array<std::string_view>({"manage.py"});

}  // namespace

const Tool k_django = {
    .name = "Django",
    .tables = k_tables,
    .run = "python manage.py migrate",
    .signs = k_signs,
    .find = find,
    .hold = hold,
};

}  // namespace pgmend::ledger::django_books
