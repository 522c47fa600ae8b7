// SPDX-License-Identifier: MIT
#include "app/explain/general.hpp"

#include <algorithm>
#include <array>

namespace pgmend::app {

namespace {

using Form = report::Block::Form;

struct General {
  const char* topic;
  const char* title;
  const char* means;
  const char* next;
};

constexpr auto k_verdicts = std::to_array<General>({
    {"correct", "verdict: correct (exit code 0)",
     "Nothing that is expected is missing, different or broken. Objects that are there besides do "
     "not change that, unless --strict is given; nor does what is worth knowing and not wrong.",
     "Nothing. After an ensure that repaired something it is said only once the catalogs were read "
     "again and agreed."},
    {"drift", "verdict: drift (exit code 1)",
     "The migrations say done, the schema says no: something that is expected is missing, "
     "different or broken. The application will meet errors, or worse, none: the line "
     "`consequence` says which. Where it says `named by no migration`, all of them have run, and "
     "models, SQL or a lock file expect what none makes.",
     "pgmend ensure adds what is missing and makes broken things effective. What needs more stands "
     "in the report with the flag that allows it, and what it would cost. What no migration makes "
     "is to be written as one, or the next new database lacks it again. Each finding is "
     "explained by its id: pgmend explain column.missing"},
    {"unconfirmed", "verdict: unconfirmed (exit code 3)",
     "No drift was seen, but not everything could be looked at: somebody holds a table locked, "
     "nothing may be written where the server had to be asked what a text means (a standby, no "
     "TEMP right), or a right is missing. What was not checked is named.",
     "Run it again when the lock is gone, or on the primary, or with the rights that the report "
     "names. A lock file needs no asking: pgmend compile"},
    {"pending", "verdict: pending (exit code 5)",
     "Migrations have not run yet. What is missing may come with them, and a migration whose "
     "objects were there already would fail with `already exists`. So nothing was repaired.",
     "Run the migrations, then pgmend ensure; pgmend migrate -- COMMAND does both, one pod at a "
     "time. --even-if-pending goes on all the same."},
    {"unclear", "verdict: unclear (exit code 5)",
     "It cannot be told what a repair would do: a migration is half applied, the version table "
     "names a revision that the scripts do not know or cannot be read, there are two version "
     "tables, a table stands in another schema, most tables are missing (perhaps it is the wrong "
     "database), or the "
     "database is empty and a version table is expected in it. The evidence stands in the report. "
     "Nothing was repaired.",
     "Settle what the report names first. --even-if-unclear goes on all the same."},
});

constexpr const char* k_exit_codes_topic = "exit-codes";

constexpr auto k_exit_codes = std::to_array<const char*>({
    "0: the schema is correct, or was made correct and that was proven by reading it again",
    "1: drift was found, or is left because it needs consent or a person",
    "2: wrong usage: options, pgmend.yaml, configuration; nothing was changed",
    "3: could not verify: the database cannot be reached, rights are missing, a lock was in the "
    "way, or something is unconfirmed",
    "4: a repair was tried and failed; the report says what was done and what was not",
    "5: not now: migrations are pending, the state of things is unclear, or a lock could not be "
    "had in time; nothing is half-done, so it can be run again",
    "130: interrupted; what was done stays done, and the next run does the rest",
});

report::Article exit_codes() {
  report::Article document = {{Form::section, "Exit codes"}};
  for (const auto* line : k_exit_codes) document.push_back({Form::item, line});
  return document;
}

}  // namespace

std::vector<std::string> general_topics() {
  std::vector<std::string> topics;
  for (const auto& verdict : k_verdicts) topics.emplace_back(verdict.topic);
  topics.emplace_back(k_exit_codes_topic);
  return topics;
}

std::optional<report::Article> general_document(const std::string& topic) {
  if (topic == k_exit_codes_topic) return exit_codes();
  const auto found = std::find_if(k_verdicts.begin(), k_verdicts.end(),
                                  [&](const General& verdict) { return verdict.topic == topic; });
  if (found == k_verdicts.end()) return std::nullopt;
  return report::Article{{Form::section, found->title},
                         {Form::heading, "What it means"},
                         {Form::paragraph, found->means},
                         {Form::heading, "What to do"},
                         {Form::paragraph, found->next}};
}

}  // namespace pgmend::app
