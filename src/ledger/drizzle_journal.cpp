// SPDX-License-Identifier: MIT
#include "ledger/drizzle_journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/tools.hpp"
#include "util/file.hpp"

namespace pgmend::ledger {

namespace {

struct Entry {
  std::string tag;   // "0007_add_webhooks"
  std::string when;  // milliseconds since 1970, as the table has them
};

std::vector<Entry> read_journal(const std::string& text) {
  std::vector<Entry> entries;
  const auto journal = nlohmann::json::parse(text);
  for (const auto& entry : journal.at("entries"))
    entries.push_back(
        {entry.at("tag").get<std::string>(), std::to_string(entry.at("when").get<long long>())});
  return entries;
}

/// Digits without sign or leading zeros: the longer one is later.
bool is_later(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() > b.size() : a > b;
}

void hold(Ledger& ledger, const std::vector<Entry>& entries, const std::string& file) {
  const auto rows = ledger.recorded;
  ledger.recorded.clear();
  for (const auto& row : rows) {
    const auto entry =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.when == row; });
    ledger.recorded.push_back(entry == entries.end() ? row : entry->tag);
  }
  for (const auto& entry : entries) {
    if (std::find(rows.begin(), rows.end(), entry.when) != rows.end()) continue;
    if (rows.empty() || is_later(entry.when, rows.front()))
      ledger.pending.push_back({entry.tag, "", {}, {}, {}, {file, 0, 0}});
    else
      ledger.troubles.push_back(fmt::format(
          "{} was skipped: its time in {} is before that of the newest row", entry.tag, file));
  }
}

}  // namespace

void hold_drizzle(std::vector<Ledger>& ledgers, const std::vector<std::filesystem::path>& folders) {
  const auto ledger = std::find_if(ledgers.begin(), ledgers.end(), [](const Ledger& candidate) {
    return candidate.tool == k_drizzle.tool;
  });
  if (ledger == ledgers.end()) return;
  const std::string name = "drizzle/meta/_journal.json";
  for (const auto& folder : folders) {
    const auto text = file::read_if_exists(folder / name);
    if (!text) continue;
    try {
      hold(*ledger, read_journal(*text), name);
    } catch (const nlohmann::json::exception& error) {
      ledger->faults.push_back(fmt::format("{}: {}", name, error.what()));
    }
    break;
  }
  // Times mean nothing to people.
  constexpr std::size_t k_shown = 3;
  if (ledger->recorded.size() > k_shown) ledger->recorded.resize(k_shown);
}

}  // namespace pgmend::ledger
