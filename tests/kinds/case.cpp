// SPDX-License-Identifier: MIT
#include "case.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "app/expected/schema_source.hpp"
#include "support/in_process.hpp"
#include "support/schema_text.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace fs = std::filesystem;

std::vector<Case> Case::all() {
  std::vector<std::string> names;
  for (const auto& kind : fs::directory_iterator(PGMEND_CASES)) {
    const auto group = kind.path().filename().string();
    if (!kind.is_directory() || group.starts_with("_")) continue;
    for (const auto& folder : fs::directory_iterator(kind.path()))
      names.push_back(group + "/" + folder.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return {names.begin(), names.end()};
}

std::string Case::test_name() const {
  auto name = m_name;
  for (auto& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

std::string Case::folder() const {
  return std::string(PGMEND_CASES) + "/" + m_name;
}

bool Case::has(const std::string& file) const {
  return fs::exists(path(file));
}

std::vector<std::string> Case::lines(const std::string& file) const {
  std::ifstream stream(path(file));
  std::vector<std::string> found;
  for (std::string line; std::getline(stream, line);) {
    const auto trimmed = text::trim(line);
    if (!trimmed.empty() && !trimmed.starts_with("#")) found.emplace_back(trimmed);
  }
  return found;
}

std::vector<std::string> Case::expected_findings() const {
  auto found = lines("expect.txt");
  if (found == std::vector<std::string>{"nothing"}) found.clear();
  std::sort(found.begin(), found.end());
  return found;
}

std::optional<std::string> Case::expected_error() const {
  for (const auto& line : lines("expect.txt"))
    if (line.starts_with("error ")) return line.substr(6);
  return std::nullopt;
}

std::vector<std::string> Case::ensure(const std::string& key) const {
  std::vector<std::string> values;
  for (const auto& line : lines("ensure.txt"))
    if (line.starts_with(key + ":"))
      values.emplace_back(text::trim(std::string_view(line).substr(key.size() + 1)));
  return values;
}

std::vector<std::string> Case::ensure_flags() const {
  std::vector<std::string> flags;
  for (const auto& line : ensure("flags"))
    for (const auto word : text::split(line, ' '))
      if (!word.empty()) flags.emplace_back(word);
  return flags;
}

int Case::ensure_exit_code() const {
  const auto given = ensure("exit");
  if (!given.empty()) return std::stoi(given.front());
  return expected_error() ? 2 : 0;
}

int Case::required_server() const {
  const auto given = lines("requires.txt");
  return given.empty() ? 0 : std::stoi(given.front());
}

std::set<std::string> Case::with() const {
  const auto words = lines("with.txt");
  return {words.begin(), words.end()};
}

app::Expectation expectation_of(const Case& one) {
  if (!one.is_complete()) return app::load_expectation({.sources = {one.path("pgmend.yaml")}});
  const Database wanted;
  run_file(wanted, one.path("wanted.sql"));
  return expectation_of(wanted, one.with());
}

bool is_too_old(const Database& database, const Case& one) {
  return database.server().version_major() < one.required_server();
}

void LoadedCase::load() {
  if (m_case.is_complete()) {
    m_wanted.emplace();
    run_file(*m_wanted, m_case.path("wanted.sql"));
    m_lock_file = m_folder.write("schema.lock", lock_file_of(*m_wanted, m_case.with()));
  }
  run_file(m_database, m_case.path("actual.sql"));
  if (m_case.has("data.sql")) run_file(m_database, m_case.path("data.sql"));
}

std::vector<std::string> LoadedCase::arguments() const {
  std::vector<std::string> words = {"--database", m_database.url()};
  if (m_wanted) words.insert(words.end(), {"--schema", m_lock_file});
  for (const auto& word : m_case.with()) words.insert(words.end(), {"--with", word});
  return words;
}

app::Expectation LoadedCase::expectation() const {
  return m_wanted ? read_lock_file(m_lock_file, m_case.with()) : expectation_of(m_case);
}

void PrintTo(const Case& one, std::ostream* out) {  // NOLINT: the name is GoogleTest's
  *out << one.folder();
}

}  // namespace pgmend::test
