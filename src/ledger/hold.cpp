// SPDX-License-Identifier: MIT
#include "ledger/hold.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

void hold_against(Ledger& ledger, const Tool& tool, const MigrationFolder& folder) {
  ledger.scripts = folder.name;
  ledger.faults = folder.faults;
  ledger.notes.insert(ledger.notes.end(), folder.notes.begin(), folder.notes.end());
  if (!folder.files.empty()) ledger.heads = {folder.files.back().shown};
  tool.hold(ledger, folder);
}

/// The tools that keep a table like this one's, its own first.
std::vector<const Tool*> alike(const Tool& tool) {
  std::vector<const Tool*> all = {&tool};
  for (const auto* other : all_tools())
    if (other != &tool && other->tables.front().name == tool.tables.front().name &&
        std::ranges::equal(other->tables.front().columns, tool.tables.front().columns))
      all.push_back(other);
  return all;
}

void note_unreadable(Ledger& ledger, const ProjectFiles& files) {
  if (!files.unreadable().empty())
    ledger.notes.push_back(
        fmt::format("{} cannot be looked into for migrations", files.unreadable().front()));
}

void hold(Ledger& ledger, const ProjectFiles& files) {
  const auto* own = find_tool(ledger.tool);
  if (!own || own == &k_alembic || ledger.is_unread) return;
  std::vector<std::string> notes;
  for (const auto* tool : alike(*own)) {
    if (!tool->find) continue;
    auto attempt = ledger;
    const auto folders = tool->find(files);
    if (const auto* folder = choose_folder(folders, ledger.keys, attempt)) {
      ledger.tool = tool->name;
      return hold_against(ledger, *tool, *folder);
    }
    if (notes.empty()) notes = std::move(attempt.notes);
  }
  ledger.notes = std::move(notes);
  note_unreadable(ledger, files);
}

bool has_sign(const Tool& tool, const ProjectFiles& files) {
  return std::any_of(tool.signs.begin(), tool.signs.end(),
                     [&](std::string_view sign) { return files.has(sign); });
}

/// Of the tools whose signs are there, the only one that has migrations.
void add_unrecorded(std::vector<Ledger>& ledgers, const ProjectFiles& files) {
  std::vector<Ledger> found;
  for (const auto* tool : all_tools()) {
    if (!tool->find || !has_sign(*tool, files)) continue;
    const auto folders = tool->find(files);
    if (folders.empty()) continue;
    Ledger ledger;
    ledger.tool = tool->name;
    if (folders.size() > 1) return;  // which of them are this database's cannot be told
    hold_against(ledger, *tool, folders.front());
    found.push_back(std::move(ledger));
  }
  if (found.size() == 1) ledgers.push_back(std::move(found.front()));
}

}  // namespace

bool has_signs(const ProjectFiles& files) {
  const auto all = all_tools();
  return std::any_of(all.begin(), all.end(),
                     [&](const Tool* tool) { return has_sign(*tool, files); });
}

void hold_files(std::vector<Ledger>& ledgers, const ProjectFiles& files) {
  for (auto& ledger : ledgers) hold(ledger, files);
  if (ledgers.empty()) add_unrecorded(ledgers, files);
}

}  // namespace pgmend::ledger
