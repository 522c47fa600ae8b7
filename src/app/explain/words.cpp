// SPDX-License-Identifier: MIT
#include "app/explain/words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

namespace pgmend::app {

namespace {

std::size_t end_of_first(std::string_view doc) {
  return std::min(doc.find(". "), doc.size());
}

/// For how long a stage of this cost holds its lock.
std::string_view duration(Cost cost) {
  switch (cost) {
    case Cost::scan:
      return "while the table is read once";
    case Cost::build:
      return "while the index is built";
    case Cost::rows:
      return "while rows are written";
    case Cost::rewrite:
      return "while the whole table is rewritten";
    case Cost::catalog:
      break;
  }
  return "for a moment, however large the table is";
}

}  // namespace

std::string first_sentence(std::string_view doc) {
  return std::string(doc.substr(0, end_of_first(doc)));
}

std::string other_sentences(std::string_view doc) {
  const auto end = end_of_first(doc);
  return end == doc.size() ? "" : std::string(doc.substr(end + 2)) + ".";
}

std::string capitalized(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string consent_words(Consent consent) {
  switch (consent) {
    case Consent::add:
    case Consent::restore:
      return fmt::format("done by default (consent: {})", to_string(consent));
    case Consent::alter:
      return "only with --allow alter: changed in place, no rewrite, nothing lost";
    case Consent::replace:
      return "only with --allow replace: replaced, or dropped and made again under its name; it "
             "holds no data";
    case Consent::rewrite:
      return "only with --allow rewrite: the table is rewritten, or locked for long";
    case Consent::drop:
      return "only with --allow drop: removed, with all that it holds";
    case Consent::never:
      break;
  }
  return "never done by pgmend: a person has to decide";
}

std::string sort_words(Sort sort) {
  switch (sort) {
    case Sort::missing:
      return "It is expected, and the database does not have it.";
    case Sort::broken:
      return "It is there, and is without effect, or not in full.";
    case Sort::extra:
      return "It is there, and the expected schema does not have it. Only a whole schema (a lock "
             "file, SQL, models, another database) can say that: what a pgmend.yaml does not name "
             "is not looked at. It counts as drift only with --strict, or where it does harm.";
    case Sort::different:
      break;
  }
  return "It is there, and is not as expected.";
}

std::string stage_words(const Stage& stage) {
  if (stage.lock == Lock::none) return "no lock on a table";
  auto words = fmt::format("{}, {}", lock_words(stage.lock), duration(stage.cost));
  if (stage.form == Stage::Form::alone) words += "; it waits for transactions that are older";
  if (!stage.also_locks.empty())
    words += fmt::format("; the same on {}", fmt::join(stage.also_locks, ", "));
  return words;
}

}  // namespace pgmend::app
