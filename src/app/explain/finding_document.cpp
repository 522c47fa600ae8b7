// SPDX-License-Identifier: MIT
#include "app/explain/finding_document.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/explain/cases.hpp"
#include "app/explain/words.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

using Form = report::Block::Form;
using report::Article;

std::string value_words(const Value& value, bool is_made_up) {
  if (!value.is_present()) return "nothing";
  if (is_made_up) return "something else";
  constexpr std::size_t k_longest = 60;
  if (value.text().size() > k_longest || value.text().find('\n') != std::string::npos)
    return "something else";
  return value.text();
}

/// "orders.status expected 'new'::text, found nothing"
std::string example_words(const Case& one) {
  const auto& finding = one.finding;
  auto words = fmt::format("Example: {} {}", kind_words(*finding.kind),
                           display(*finding.kind, finding.name));
  if (finding.attribute &&
      finding.kind->attributes[*finding.attribute].form != Attribute::Form::fault)
    words += fmt::format(": expected {}, found {}", value_words(finding.expected_value(), false),
                         value_words(finding.actual_value(), one.made_up_value));
  if (one.rewrites) words += ", whose value is computed for each row";
  return words;
}

/// What the reasons and refusals of rooms leave open is filled in when it is known.
std::string general(std::string text) {
  return text::replace_all(std::move(text), "{}", "N");
}

void add_stage(Article& document, const Stage& stage) {
  if (stage.form == Stage::Form::precondition) {
    document.push_back({Form::item, fmt::format("looked for first, and refused if found: {}",
                                                general(stage.refusal))});
    return;
  }
  if (stage.form == Stage::Form::batches) {
    document.push_back({Form::item,
                        "existing rows are filled, a thousand in a transaction, with "
                        "pauses; rows that others hold locked come later: " +
                            lock_words(stage.lock)});
    return;
  }
  const auto* how = stage.form == Stage::Form::alone ? "by itself: " : "in one transaction: ";
  document.push_back({Form::item, how + stage_words(stage)});
  document.push_back({Form::sql, text::join(stage.sql(), ";\n")});
}

/// A recipe may need more than its finding, and then both are asked for.
std::string needed(const Case& one) {
  const auto asked = one.finding.judgement.consent;
  const auto needs = one.recipe.needs.value_or(asked);
  const bool is_free = asked == Consent::add || asked == Consent::restore;
  if (needs == asked || is_free) return consent_words(needs);
  return fmt::format(
      "only with --allow {0},{1}: it is replaced or changed ({0}), and this way of "
      "doing it takes long locks or rewrites ({1})",
      to_string(asked), to_string(needs));
}

std::string made_anew_words(const Case& one) {
  const auto& kind = *one.finding.kind;
  if (one.recipe.copies)
    return "in one transaction, under " + lock_words(Lock::access_exclusive) +
           ": the old one gets another name, the new one is made, rows are copied, the old one is "
           "dropped; what rests on it goes before that, and comes back after it";
  if (one.has_own_way) return "comments on it come back; refused where something rests on it";
  std::string words = "what rests on it is made again with it, all in one transaction; ";
  if (!kind.lost_values) return words + "refused where that holds data";
  return words +
         "what holds values of it is moved over by their text, which rewrites its table "
         "(--allow rewrite); refused, with a count, while rows hold what is not expected";
}

void add_case(Article& document, const Case& one) {
  const auto& judgement = one.finding.judgement;
  document.push_back({Form::example, example_words(one)});
  if (!judgement.reason.empty() && judgement.sort != Sort::extra)
    document.push_back({Form::item, judgement.reason});
  if (judgement.weight == Weight::unconfirmed) {
    document.push_back({Form::item, "unconfirmed: nothing is done about it"});
  } else if (!one.recipe.refusal.empty()) {
    document.push_back({Form::item, "refused: " + general(one.recipe.refusal)});
    if (!one.recipe.hint.empty()) document.push_back({Form::item, "hint: " + one.recipe.hint});
  } else if (judgement.weight == Weight::information && judgement.sort != Sort::extra) {
    document.push_back({Form::item, "worth knowing, not drift: nothing is done about it"});
  } else {
    document.push_back({Form::item, needed(one)});
  }
  if (!judgement.hint.empty()) document.push_back({Form::item, "hint: " + judgement.hint});
  if (one.anew) document.push_back({Form::item, made_anew_words(one)});
  if (!one.recipe.superuser_for.empty())
    document.push_back({Form::item, "refused to all but superusers, as the server would"});
  for (const auto& stage : one.recipe.stages) add_stage(document, stage);
}

std::string without_words(const Kind& kind, const std::vector<Case>& cases) {
  if (kind.without.empty()) return "What uses it fails, or does not do what it should.";
  const auto& name = cases.front().finding.name;
  auto words = text::replace_all(std::string(kind.without), "{name}", name.name);
  words = text::replace_all(words, "{relation}", name.relation);
  return words.starts_with("no error") ? capitalized(words) + "."
                                       : fmt::format("The application gets: {}", words);
}

std::string harm(const Topic& topic, const std::vector<Case>& cases) {
  if (topic.attribute) {
    const auto said = other_sentences(topic.attribute->doc);
    return said.empty() ? "It may do something else than the application was written for." : said;
  }
  if (topic.sort == Sort::missing) return without_words(*topic.kind, cases);
  const auto harmful = std::find_if(cases.begin(), cases.end(),
                                    [](const Case& one) { return one.finding.is_drift(); });
  if (harmful != cases.end()) return capitalized(harmful->finding.judgement.reason) + ".";
  return "Nothing by itself: an application does not miss what it does not know. It may be "
         "forgotten, or somebody's hand-made change.";
}

std::string how_compared(const Attribute& attribute) {
  std::string words;
  if (attribute.form == Attribute::Form::text)
    words += " Another spelling of the same does not count: PostgreSQL reads both sides.";
  if (attribute.only_if_stated)
    words += " It is compared only where the expected schema states it.";
  if (attribute.since > 0)
    words += fmt::format(" It is there since PostgreSQL {}.", attribute.since);
  return words;
}

std::string meaning(const Topic& topic, const std::vector<Case>& cases) {
  const auto kind = capitalized(std::string(topic.kind->doc)) + ".";
  if (!topic.attribute) return kind + " " + sort_words(topic.sort);
  const bool is_broken = std::any_of(cases.begin(), cases.end(), [](const Case& one) {
    return one.finding.judgement.sort == Sort::broken;
  });
  return fmt::format("{} Not as expected: {}.{}{}", kind, first_sentence(topic.attribute->doc),
                     how_compared(*topic.attribute),
                     is_broken ? " The object is there, and without effect or not in full." : "");
}

std::string never(const Topic& topic) {
  if (!topic.attribute && topic.sort == Sort::missing)
    return std::string("Nothing that exists is dropped, renamed, rewritten or narrowed for it") +
           (topic.kind->holds_data ? ", and data that were lost with it do not come back." : ".");
  if (!topic.attribute)
    return std::string("Without --allow drop it stays") +
           (topic.kind->holds_data ? "; dropping it loses the data it holds, for good." : ".");
  return "Nothing beyond the consent named above: without it the finding is only reported, with "
         "what the repair would cost.";
}

std::string title(const Topic& topic) {
  const auto what = topic.attribute ? first_sentence(topic.attribute->doc)
                    : topic.sort == Sort::missing
                        ? fmt::format("{} expected, and not there", kind_words(*topic.kind))
                        : fmt::format("{} there, and not expected", kind_words(*topic.kind));
  return fmt::format("{}: {}", topic.id(), what);
}

}  // namespace

Article finding_document(const Topic& topic) {
  const auto cases =
      topic.attribute ? cases_of(*topic.kind, *topic.attribute) : cases_of(*topic.kind, topic.sort);
  Article document = {{Form::section, title(topic)},
                      {Form::heading, "What it means"},
                      {Form::paragraph, meaning(topic, cases)},
                      {Form::heading, "What breaks"},
                      {Form::paragraph, harm(topic, cases)},
                      {Form::heading, "What ensure does"}};
  if (!topic.kind->asked_for.empty())
    document.push_back({Form::paragraph, fmt::format("It is looked at only with --with {}.",
                                                     topic.kind->asked_for)});
  for (const auto& one : cases) add_case(document, one);
  document.push_back({Form::heading, "What is never done"});
  document.push_back({Form::paragraph, never(topic)});
  return document;
}

Article kind_document(const Kind& kind) {
  Article document = {
      {Form::section, fmt::format("{}: {}", kind.name, kind.doc)},
      {Form::heading, "Findings"},
  };
  for (const auto& topic : topics_of(kind)) document.push_back({Form::item, title(topic)});
  return document;
}

}  // namespace pgmend::app
