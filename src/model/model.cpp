// SPDX-License-Identifier: MIT
// The words of the model, and the few rules that need more than a struct.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "model/kind.hpp"
#include "model/report.hpp"

namespace pgmend {

namespace {

constexpr std::array k_consents = {Consent::add,     Consent::restore, Consent::alter,
                                   Consent::replace, Consent::rewrite, Consent::drop};

const Value& value_at(const std::shared_ptr<const Object>& object,
                      std::optional<std::size_t> attribute) {
  static const Value k_none = Value::unspecified();
  return object && attribute ? object->values.at(*attribute) : k_none;
}

/// To be removed, and still there.
bool is_left_of_removal(const Finding& finding) {
  return finding.is_removable() &&
         (finding.outcome == Outcome::failed || finding.outcome == Outcome::refused);
}

}  // namespace

std::string_view to_string(Sort sort) {
  constexpr std::array<std::string_view, 4> k_words = {"missing", "different", "broken", "extra"};
  return k_words.at(static_cast<std::size_t>(sort));
}

std::string_view to_string(Weight weight) {
  constexpr std::array<std::string_view, 3> k_words = {"drift", "information", "unconfirmed"};
  return k_words.at(static_cast<std::size_t>(weight));
}

std::string_view to_string(Consent consent) {
  constexpr std::array<std::string_view, 7> k_words = {"add",     "restore", "alter", "replace",
                                                       "rewrite", "drop",    "never"};
  return k_words.at(static_cast<std::size_t>(consent));
}

std::optional<Sort> parse_sort(std::string_view word) {
  const auto found = std::find_if(k_all_sorts.begin(), k_all_sorts.end(),
                                  [&](Sort sort) { return to_string(sort) == word; });
  return found == k_all_sorts.end() ? std::nullopt : std::optional(*found);
}

std::optional<Consent> parse_consent(std::string_view word) {
  for (const auto consent : k_consents)
    if (to_string(consent) == word) return consent;
  return std::nullopt;
}

std::string_view to_string(Lock lock) {
  constexpr std::array<std::string_view, 9> k_words = {
      "no lock", "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
      "SHARE",   "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};
  return k_words.at(static_cast<std::size_t>(lock));
}

std::string_view blocks(Lock lock) {
  switch (lock) {
    case Lock::access_exclusive:
      return "blocks reads and writes";
    case Lock::exclusive:
    case Lock::share_row_exclusive:
    case Lock::share:
      return "blocks writes";
    case Lock::share_update_exclusive:
      return "blocks neither reads nor writes";
    default:
      return "blocks nothing";
  }
}

std::string lock_words(Lock lock) {
  if (lock == Lock::none) return std::string(to_string(lock));
  return fmt::format("{} lock, which {}", to_string(lock), blocks(lock));
}

std::string_view to_string(Cost cost) {
  constexpr std::array<std::string_view, 5> k_words = {
      "catalog only", "reads the table", "builds an index", "writes rows", "rewrites the table"};
  return k_words.at(static_cast<std::size_t>(cost));
}

const Value& Finding::expected_value() const {
  return value_at(expected, attribute);
}

const Value& Finding::actual_value() const {
  return value_at(actual, attribute);
}

bool Finding::same_as(const Finding& other) const {
  return kind == other.kind && name == other.name && attribute == other.attribute &&
         judgement.sort == other.judgement.sort;
}

std::vector<std::string> Stage::sql() const {
  if (form == Form::batches) return {statements.at(1)};
  if (form == Form::precondition) return {statements.front()};
  if (head.empty()) return statements;
  return {fmt::format("{} {}", head, fmt::join(statements, ", "))};
}

Plan::Plan(std::vector<Step> steps) : m_steps(std::move(steps)) {
  for (std::size_t i = 0; i < m_steps.size(); ++i) {
    const auto& alternatives = m_steps[i].alternatives;
    for (std::size_t k = 0; k < alternatives.size(); ++k)
      for (const auto finding : alternatives[k].findings) m_places.emplace(finding, Place{i, k});
    for (const auto finding : m_steps[i].findings) m_places.emplace(finding, Place{i});
  }
}

const Recipe* Plan::recipe_for(std::size_t finding) const {
  const auto found = m_places.find(finding);
  if (found == m_places.end()) return nullptr;
  const auto& [step, alternative] = found->second;
  return &(alternative ? m_steps[step].alternatives[*alternative] : m_steps[step]).recipe;
}

const Recipe* Report::repair_of(std::size_t finding) const {
  return findings[finding].consequence ? nullptr : plan.recipe_for(finding);
}

std::vector<std::string> Report::sql_for(std::size_t finding) const {
  std::vector<std::string> out;
  const auto* recipe = repair_of(finding);
  if (!recipe) return out;
  for (const auto& stage : recipe->stages)
    if (stage.form != Stage::Form::precondition)
      for (auto& statement : stage.sql()) out.push_back(std::move(statement));
  return out;
}

std::optional<std::size_t> Kind::find_attribute(std::string_view attribute) const {
  for (std::size_t position = 0; position < attributes.size(); ++position)
    if (attributes[position].name == attribute) return position;
  return std::nullopt;
}

bool Kind::is_rare(const Attribute& attribute) const {
  return !common.empty() && !attribute.is_wish &&
         std::find(common.begin(), common.end(), attribute.name) == common.end();
}

std::size_t Kind::attribute_position(std::string_view attribute) const {
  const auto found = find_attribute(attribute);
  if (!found) throw std::logic_error(fmt::format("{} has no attribute {}", name, attribute));
  return *found;
}

const Declared::Part* Declared::part(std::string_view key) const {
  const auto found = parts.find(key);
  return found == parts.end() ? nullptr : &found->second;
}

Verdict Report::verdict() const {
  if (!failure.empty() || interrupted) return Verdict::unconfirmed;
  if (standing.forbids())
    return standing.obstacle == Standing::Obstacle::pending ? Verdict::pending : Verdict::unclear;
  if (open_drift() > 0) return Verdict::drift;
  const bool unconfirmed = std::any_of(findings.begin(), findings.end(), [](const Finding& f) {
    return f.judgement.weight == Weight::unconfirmed && !f.is_settled();
  });
  return unconfirmed ? Verdict::unconfirmed : Verdict::correct;
}

std::size_t Report::count(Outcome outcome) const {
  return static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(), [&](const Finding& f) { return f.outcome == outcome; }));
}

bool Report::is_left(std::size_t finding) const {
  const auto& it = findings[finding];
  if (it.is_drift()) return !it.is_settled() && (!it.consequence || it.outcome != Outcome::open);
  const bool only_told = subject.job == Job::plan || subject.dry_run;
  return is_left_of_removal(it) || (only_told && plan.recipe_for(finding));
}

bool Report::fails() const {
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (is_left(i) && subject.fail_on.contains(findings[i].judgement.sort)) return true;
  return false;
}

std::size_t Report::open_drift() const {
  std::size_t open = 0;
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (is_left(i)) ++open;
  return open;
}

}  // namespace pgmend
