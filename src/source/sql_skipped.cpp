// SPDX-License-Identifier: MIT
#include "source/sql_skipped.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "util/text.hpp"

namespace pgmend::source {

namespace {

constexpr std::size_t k_named_tables = 3;

std::string upper(std::string_view word) {
  std::string out(word);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

std::string first_of(const std::vector<std::string>& all) {
  const auto shown = std::min(all.size(), k_named_tables);
  auto out =
      fmt::format("{}", fmt::join(all.begin(), all.begin() + static_cast<long>(shown), ", "));
  if (all.size() > shown) out += fmt::format(", and {} more", all.size() - shown);
  return out;
}

}  // namespace

void SkippedStatements::add_data(const ScriptItem& item) {
  const auto word =
      item.words.empty() ? item.text.substr(0, item.text.find(' ')) : upper(item.key(0));
  ++m_data[word];
}

/// Without the whole of it: a role's password would be in it.
void SkippedStatements::add_outside(const ScriptItem& item) {
  auto words = upper(item.key(0));
  if (!item.key(1).empty()) words += ' ' + upper(item.key(1));
  m_outside.push_back(fmt::format("{} {}", display(item.where), words));
}

void SkippedStatements::add_setting(const ScriptItem& item) {
  const std::size_t at = item.key(1) == "session" || item.key(1) == "local" ? 2 : 1;
  m_settings.insert(std::string(item.key(at)));
}

void SkippedStatements::add_privilege(const ScriptItem&, const std::string& role) {
  ++m_privileges;
  m_missing_roles.insert(role);
}

void SkippedStatements::add_role(const std::string& role) {
  m_made_roles.insert(role);
}

std::vector<std::string> SkippedStatements::notes(const std::string& name) const {
  std::vector<std::string> notes;
  const auto say = [&](const std::string& text) { notes.push_back(name + ": " + text); };
  std::vector<std::string> data;
  for (const auto& [word, count] : m_data) data.push_back(fmt::format("{} {}", count, word));
  if (!data.empty()) say(fmt::format("rows are no schema, skipped: {}", fmt::join(data, ", ")));
  if (!m_outside.empty())
    say(fmt::format("reaches beyond its database, skipped: {}", first_of(m_outside)));
  if (!m_settings.empty())
    say(fmt::format("settings that this server does not know, skipped: {}",
                    fmt::join(m_settings, ", ")));
  if (m_privileges > 0)
    say(fmt::format("{} skipped: there is no role {}",
                    text::count(m_privileges, "GRANT or OWNER TO", "GRANTs or OWNER TOs"),
                    fmt::join(m_missing_roles, ", ")));
  if (!m_made_roles.empty())
    say(fmt::format("roles made on the scratch server: {}", fmt::join(m_made_roles, ", ")));
  return notes;
}

}  // namespace pgmend::source
