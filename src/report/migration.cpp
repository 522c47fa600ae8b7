// SPDX-License-Identifier: MIT
#include "report/migration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "util/stream.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

std::string state_words(const Ledger& ledger) {
  auto words = ledger.claim();
  if (!ledger.pending.empty())
    words += fmt::format("; {} to run", text::count(ledger.pending.size(), "migration"));
  if (!ledger.troubles.empty()) words += "; TROUBLE: " + text::join(ledger.troubles, ", ");
  return words;
}

/// A URL, or an option that is named after what nobody should see.
bool is_secret(const std::string& word) {
  static constexpr auto k_signs =
      std::to_array<std::string_view>({"://", "password", "passwd", "pwd", "secret", "token"});
  const auto lower = text::to_lower(word);
  return std::any_of(k_signs.begin(), k_signs.end(),
                     [&](std::string_view sign) { return lower.find(sign) != std::string::npos; });
}

}  // namespace

std::string command_words(const std::vector<std::string>& argv) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < argv.size(); ++i) {
    const bool hidden = i > 0 && is_secret(argv[i]);
    words.push_back(hidden ? "***" : argv[i]);
    // "--password x": the value is the next one.
    if (hidden && argv[i].starts_with('-') && argv[i].find('=') == std::string::npos) ++i;
  }
  return text::join(words, " ");
}

void MigrationReporter::line(std::string_view sign, const std::string& text) {
  stream::print(m_out, "  {} {}\n", sign,
                text::wrap(text::visible(text), m_style.columns - 4, "    "));
  // The command writes to the same place by itself.
  stream::flush(m_out);
}

void MigrationReporter::note(const std::string& text) {
  if (!m_is_quiet) line(m_style.note(), text);
}

void MigrationReporter::good(const std::string& text) {
  if (!m_is_quiet) line(m_style.green(m_style.ok()), text);
}

void MigrationReporter::bad(const std::string& text, const std::string& hint) {
  line(m_style.red(m_style.bad()), text);
  if (hint.empty()) return;
  stream::print(m_out, "    {}\n",
                text::wrap(text::visible_lines("hint: " + hint), m_style.columns - 4, "    "));
  stream::flush(m_out);
}

void MigrationReporter::state(const std::string& title, const Standing& standing) {
  if (standing.ledgers.empty() || m_is_quiet) return;
  note(title + ":");
  for (const auto& ledger : standing.ledgers)
    stream::print(m_out, "    {}\n",
                  text::wrap(text::visible(state_words(ledger)), m_style.columns - 4, "    "));
  stream::flush(m_out);
}

void MigrationReporter::hand_over(bool repairs) {
  note(repairs ? "Ensuring schema is correct..." : "Verifying that the schema is correct...");
  if (!m_is_quiet) stream::print(m_out, "\n");
}

}  // namespace pgmend::report
