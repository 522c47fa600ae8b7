// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pgmend/options.hpp"

namespace pgmend::api {

enum class Verdict {
  correct,      // nothing expected is missing, different or broken
  drift,        // something is
  unconfirmed,  // no drift seen, but not everything could be checked
  pending,      // migrations are to be run first
  unclear,      // half-applied, or perhaps not the right database
};

/// What sort of difference a finding is.
enum class Sort {
  missing,    // expected, not there
  different,  // there, an attribute differs
  broken,     // there, but without effect
  extra,      // there, not expected
};

/// How much a finding counts.
enum class Weight {
  drift,        // the schema is wrong
  information,  // worth knowing, not wrong
  unconfirmed,  // could not be found out
};

/// What became of a finding in this run.
enum class Outcome {
  open,      // nothing was tried
  repaired,  // repaired, and read again to prove it
  failed,    // a repair was tried and failed
  refused,   // ensure does not start this repair: data, rights or consent stand against it
  gone,      // no longer there when read again: somebody else mended it
};

/// One difference between what is expected and what is there. Texts are UTF-8.
struct Finding {
  std::string kind;       // "column", "foreign_key"
  std::string name;       // "api_keys.webhook_url"; the schema only where it is not public
  std::string schema;     // "public"
  std::string relation;   // "api_keys"; empty for what is no part of a relation
  std::string attribute;  // "default"; empty: the whole object
  Sort sort = Sort::missing;
  Weight weight = Weight::drift;
  Consent consent = Consent::never;  // what a repair needs
  /// The value of the attribute, or the definition of the whole object; nothing: there is none, or
  /// the definition is not known.
  std::optional<std::string> expected;
  std::optional<std::string> actual;
  std::string reason;  // why it counts as it does; may be empty
  std::string hint;    // what to do about it; may be empty

  std::string file;  // where it was declared; may be empty
  int line = 0;      // from 1; 0: the file as a whole

  Outcome outcome = Outcome::open;
  std::string outcome_text;      // why it failed or was refused
  std::vector<std::string> sql;  // the statements of its repair, without checks that go before
  bool is_consequence = false;   // goes away with the finding on the table it belongs to
};

/// What was found, and what was done about it.
struct Report {
  Verdict verdict = Verdict::unconfirmed;
  std::string database;  // "shop on localhost:5432 as app, PostgreSQL 15.20"
  std::string origin;    // where the connection came from: "DATABASE_URL in .env"
  std::string source;    // what was expected: "pgmend.yaml"
  std::vector<std::string> notes;
  std::size_t checked = 0;  // number of objects that were looked at
  std::vector<Finding> findings;
  std::size_t open_drift = 0;  // differences that are left
  std::string failure;         // what ended the run early; empty: nothing did
  std::string failure_hint;
  bool gave_up_on_lock = false;  // a lock could not be had within `patience`: try again later
  std::chrono::milliseconds duration{0};

  /// The schema is correct, or was made correct and read again to prove it.
  bool is_correct() const { return verdict == Verdict::correct; }
  /// Number of findings with this outcome.
  std::size_t count(Outcome outcome) const;
};

}  // namespace pgmend::api
