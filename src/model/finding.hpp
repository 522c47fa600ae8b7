// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "model/ledger.hpp"
#include "model/object.hpp"

namespace pgmend {

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

/// What ensure needs to be allowed to do about a finding.
enum class Consent {
  add,      // create what is missing (default)
  restore,  // make something broken effective again (default)
  alter,    // change in place: no rewrite, nothing lost
  replace,  // drop and recreate, under the same name, an object that holds no data
  rewrite,  // rewrites a table or locks it for long
  drop,     // remove what is not expected
  never,    // not pgmend's to do
};

/// What a run fails over, unless it is told otherwise.
inline const std::set<Sort> k_all_sorts = {Sort::missing, Sort::different, Sort::broken,
                                           Sort::extra};

std::string_view to_string(Sort sort);
std::optional<Sort> parse_sort(std::string_view word);
std::string_view to_string(Weight weight);
std::string_view to_string(Consent consent);
std::optional<Consent> parse_consent(std::string_view word);

/// What a difference amounts to.
struct Judgement {
  Sort sort = Sort::different;
  Consent consent = Consent::never;
  Weight weight = Weight::drift;
  std::string reason = {};
  std::string hint = {};
  /// The server does not take what is expected, as things are.
  bool is_refused_by_server = false;
  /// What stands in its way, or may be meant, and nobody expects: what has its name, one of its
  /// name in another schema, or of its make under another name. Where that goes, there is no
  /// question. Mostly null, as the next.
  std::shared_ptr<const Name> until_gone = {};
  /// What has its name now, and becomes it or gives way to it.
  std::shared_ptr<const Name> in_place_of = {};
};

/// What became of a finding in this run.
enum class Outcome {
  open,      // nothing was tried
  repaired,  // repaired, and read again to prove it
  failed,    // a repair was tried and failed
  refused,   // a repair was not started: data, rights or consent stand against it
  gone,      // no longer there when read again: somebody else mended it
};

/// One difference between what is expected and what is there.
struct Finding {
  const Kind* kind = nullptr;
  Name name;
  Judgement judgement;
  std::optional<std::size_t> attribute =
      {};  // position in kind->attributes; none: the whole object
  std::shared_ptr<const Object> expected = {};  // null: nothing is
  std::shared_ptr<const Object> actual = {};    // null: it is not there
  SourceLocation where = {};
  std::optional<Origin> origin = {};  // the migration that should have made it
  bool in_no_migration = false;       // they have all run, and no script names it
  bool gives_way = false;             // too many: goes when what gets its name is there
  bool consequence = false;           // goes away with the finding on the relation it belongs to
  Outcome outcome = Outcome::open;
  std::string outcome_text = {};  // why it failed or was refused
  std::string outcome_hint = {};

  bool is_removal() const { return !expected; }
  /// Not expected, and to be removed where that is allowed.
  bool is_removable() const {
    return judgement.sort == Sort::extra && judgement.consent == Consent::drop;
  }
  bool is_to_be_removed(const std::set<Consent>& consents) const {
    return is_removable() && consents.contains(Consent::drop);
  }
  /// It is there under another name, and gets the expected one where that is allowed.
  bool is_renamable() const {
    return expected && actual && !attribute && judgement.consent == Consent::alter;
  }
  bool is_drift() const { return judgement.weight == Weight::drift; }
  bool is_settled() const { return outcome == Outcome::repaired || outcome == Outcome::gone; }
  const Value& expected_value() const;
  const Value& actual_value() const;
  /// Findings of two runs are the same finding if this agrees.
  bool same_as(const Finding& other) const;
};

}  // namespace pgmend
