// SPDX-License-Identifier: MIT
#include "ledger/alembic_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "ledger/made_up_names.hpp"
#include "ledger/tools.hpp"
#include "ledger/version_tables.hpp"
#include "util/text.hpp"

namespace pgmend::ledger {

namespace {

std::vector<Revision> revisions_of(const std::vector<Script>& scripts) {
  std::vector<Revision> revisions;
  for (const auto& script : scripts) revisions.push_back(script.revision);
  return revisions;
}

std::string unqualified(const std::string& table) {
  return table.substr(table.rfind('.') + 1);
}

/// As words_of() has it: lower case, and of "f(integer)" the name alone.
std::string spoken(const std::string& name) {
  return text::to_lower(name.substr(0, name.find('(')));
}

/// What finds the script of one finding.
struct Wanted {
  std::string table;  // empty where it stands by itself
  std::string name;
  bool is_relation;
  bool is_change;  // it is there, and different

  explicit Wanted(const Finding& finding)
      : table(spoken(finding.name.relation)),
        name(spoken(finding.name.name)),
        is_relation(finding.name.relation.empty()),
        is_change(finding.judgement.sort == Sort::different) {}

  bool is_deed(const Deed& deed) const {
    if (deed.sort == Deed::Sort::drops || (deed.sort == Deed::Sort::changes && !is_change))
      return false;
    if (is_relation)
      return deed.name.empty() ? text::to_lower(deed.table) == name
                               : text::to_lower(deed.name) == name;
    return text::to_lower(deed.table) == table && text::to_lower(deed.name) == name;
  }

  bool is_mentioned(const Mention& mention) const {
    return !mention.only_drops && mention.words.contains(name) &&
           (table.empty() || mention.words.contains(table));
  }

  /// If its name was made up, no script has to hold it.
  bool may_come_with(const Deed& deed) const {
    if (deed.sort == Deed::Sort::drops) return false;
    const auto of = text::to_lower(deed.table);
    if (is_relation) return name.starts_with(of + "_") && name.ends_with("_seq");
    return of == table && (deed.unnamed & sort_of_made_up(name)) != 0;
  }
};

}  // namespace

AlembicHistory::AlembicHistory(AlembicScripts scripts, std::optional<std::string> table)
    : m_folder(std::move(scripts.folder)),
      m_scripts(std::move(scripts.scripts)),
      m_table(std::move(table)),
      m_early_statement(std::move(scripts.early_statement)),
      m_graph(revisions_of(m_scripts)),
      m_faults(std::move(scripts.faults)) {
  if (!m_table && (scripts.version_table || scripts.version_table_schema)) {
    const auto name = scripts.version_table.value_or("alembic_version");
    m_table = scripts.version_table_schema ? *scripts.version_table_schema + "." + name : name;
  }
  // What is missing from the chain may be in a file that could not be read.
  if (m_faults.empty()) m_faults = m_graph.faults();
}

std::optional<std::string> AlembicHistory::table_name() const {
  if (!m_table) return std::nullopt;
  return unqualified(*m_table);
}

bool AlembicHistory::is_named(const Ledger& ledger) const {
  const auto name = m_table.value_or("alembic_version");
  if (name.starts_with("public.")) return ledger.table == name.substr(name.find('.') + 1);
  return ledger.table == name || unqualified(ledger.table) == name;
}

/// One for each schema, none of which is public, or more than two: a table that was made in the
/// wrong schema by mistake stands beside one other.
bool AlembicHistory::are_tenants(const std::vector<Ledger>& ledgers,
                                 const std::vector<std::size_t>& which) const {
  const bool any_public = std::any_of(which.begin(), which.end(), [&](std::size_t i) {
    return ledgers[i].table.find('.') == std::string::npos;
  });
  return (!any_public || which.size() > 2) &&
         std::all_of(which.begin(), which.end(), [&](std::size_t i) {
           const auto& ids = ledgers[i].recorded;
           return unqualified(ledgers[i].table) == unqualified(ledgers[which.front()].table) &&
                  std::all_of(ids.begin(), ids.end(),
                              [&](const std::string& id) { return m_graph.find(id) != nullptr; });
         });
}

std::vector<std::size_t> AlembicHistory::choose(const std::vector<Ledger>& ledgers,
                                                const std::vector<std::string>& looked_at,
                                                std::vector<std::string>& faults) const {
  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < ledgers.size(); ++i)
    if (ledgers[i].tool == k_alembic.name) candidates.push_back(i);
  const auto narrow = [&](auto is_right) {
    std::vector<std::size_t> narrowed;
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(narrowed), is_right);
    if (!narrowed.empty()) candidates = std::move(narrowed);
  };
  if (m_table && std::none_of(candidates.begin(), candidates.end(),
                              [&](std::size_t i) { return is_named(ledgers[i]); }))
    return {};
  narrow([&](std::size_t i) { return is_named(ledgers[i]); });
  // Another application's table holds revisions that are not ours.
  narrow([&](std::size_t i) {
    return std::any_of(ledgers[i].recorded.begin(), ledgers[i].recorded.end(),
                       [&](const std::string& id) { return m_graph.find(id) != nullptr; });
  });
  // Each tenant has one.
  narrow([&](std::size_t i) { return stands_in(ledgers[i], looked_at); });
  // The one that is looked at may have none, and then those of the others say nothing of it.
  if (candidates.size() > 1 && !looked_at.empty() && are_tenants(ledgers, candidates))
    std::erase_if(candidates, [&](std::size_t i) {
      return !stands_in(ledgers[i], looked_at) && schema_of(ledgers[i]) != "public";
    });
  if (candidates.size() > 1 && !are_tenants(ledgers, candidates)) {
    std::vector<std::string> words;
    for (const auto i : candidates)
      words.push_back(fmt::format("{} {} {}", ledgers[i].table,
                                  ledgers[i].is_unread ? "is" : "says", ledgers[i].claim()));
    faults.push_back(
        fmt::format("there is more than one version table: {}; name yours with --version-table",
                    text::join(words, ", ")));
    candidates.resize(1);
  }
  return candidates;
}

void AlembicHistory::hold(std::vector<Ledger>& ledgers,
                          const std::vector<std::string>& looked_at) const {
  auto faults = m_faults;
  auto chosen = choose(ledgers, looked_at, faults);
  if (chosen.empty()) {
    ledgers.insert(ledgers.begin(), Ledger{});
    ledgers.front().tool = k_alembic.name;
    chosen.push_back(0);
  }
  for (const auto i : chosen) hold(ledgers[i], faults);
  const auto front = *std::max_element(chosen.begin(), chosen.end(), [&](auto a, auto b) {
    return ledgers[a].pending.size() < ledgers[b].pending.size();
  });
  std::rotate(ledgers.begin(), ledgers.begin() + static_cast<std::ptrdiff_t>(front),
              ledgers.begin() + static_cast<std::ptrdiff_t>(front) + 1);
}

void AlembicHistory::hold(Ledger& ledger, std::vector<std::string> faults) const {
  ledger.scripts = m_folder;
  ledger.heads = m_graph.heads();
  ledger.faults = std::move(faults);
  // All would seem to be pending.
  if (ledger.is_unread) {
    std::move(ledger.notes.begin(), ledger.notes.end(), std::back_inserter(ledger.faults));
    ledger.notes.clear();
    return;
  }
  std::set<std::string> known;
  for (const auto& id : ledger.recorded) {
    if (m_graph.find(id))
      known.insert(id);
    else
      ledger.unknown.push_back(id);
  }
  const auto applied = m_graph.with_ancestors(ledger.recorded);
  for (const auto* revision : m_graph.ordered()) {
    if (applied.contains(revision->id)) continue;
    // An unknown one may rest on it, unless it follows one that is recorded: of a branch that went
    // on the row would have gone on, too.
    if (!ledger.unknown.empty() && m_graph.is_free_of(known, revision->id)) continue;
    ledger.pending.push_back(*revision);
  }
}

const Script* AlembicHistory::script(const std::string& revision) const {
  const auto found = std::find_if(m_scripts.begin(), m_scripts.end(), [&](const Script& script) {
    return script.revision.id == revision;
  });
  return found == m_scripts.end() ? nullptr : &*found;
}

std::optional<Origin> AlembicHistory::origin_of(const Finding& finding,
                                                const std::set<std::string>& applied) const {
  const Wanted wanted(finding);
  const auto origin = [&](const Script& script, int line, bool is_sure) {
    return Origin{std::string(k_alembic.name), script.revision.id,
                  SourceLocation{script.revision.where.file, line, 0}, is_sure,
                  applied.contains(script.revision.id)};
  };
  const auto& ordered = m_graph.ordered();
  // The last one that makes it by name; else the first one that speaks of it.
  const std::vector<const Revision*> newest_first(ordered.rbegin(), ordered.rend());
  for (const auto* revision : newest_first) {
    const auto* candidate = script(revision->id);
    for (const auto& deed : candidate->deeds.deeds)
      if (wanted.is_deed(deed)) return origin(*candidate, deed.line, deed.is_operation);
  }
  for (const auto* revision : ordered) {
    const auto* candidate = script(revision->id);
    for (const auto& mention : candidate->deeds.mentions)
      if (wanted.is_mentioned(mention)) return origin(*candidate, mention.line, false);
  }
  for (const auto* revision : ordered) {
    const auto* candidate = script(revision->id);
    for (const auto& deed : candidate->deeds.deeds)
      if (wanted.may_come_with(deed)) return origin(*candidate, deed.line, false);
  }
  return std::nullopt;
}

std::vector<Deed> AlembicHistory::made_by(const std::string& revision) const {
  const auto* found = script(revision);
  if (!found) return {};
  const auto& deeds = found->deeds.deeds;
  std::vector<Deed> made;
  for (const auto& deed : deeds) {
    const bool dropped = std::any_of(deeds.begin(), deeds.end(), [&](const Deed& other) {
      return other.sort == Deed::Sort::drops && other.name == deed.name &&
             (other.table == deed.table || other.table.empty());
    });
    if (deed.sort == Deed::Sort::makes && !dropped) made.push_back(deed);
  }
  return made;
}

}  // namespace pgmend::ledger
