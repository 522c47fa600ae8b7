// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/invocation.hpp"
#include "model/ledger.hpp"
#include "model/plan.hpp"

namespace pgmend {

enum class Verdict {
  correct,      // nothing expected is missing, different or broken
  drift,        // something is
  unconfirmed,  // no drift seen, but not everything could be checked
  pending,      // migrations are to be run first; whatever is missing may come with them
  unclear,      // half-applied, or perhaps not the right database
};

/// What a run is for.
enum class Job { verify, ensure, plan, diff };

/// What is compared with what, for the head of a report.
struct Subject {
  Job job = Job::verify;
  bool dry_run = false;
  std::string target;  // "shop on db.example:5432 as app, PostgreSQL 15.20"
  std::string origin;  // where the connection came from: "DATABASE_URL in .env"
  std::string source;  // "pgmend.yaml"
  std::vector<std::string> notes;
  Invocation invocation = {};  // of this run, for the commands that are named to people
  std::set<Sort> fail_on = k_all_sorts;
};

/// Objects of a sort that no kind models: they are there, and nothing is known about them.
struct Unmodelled {
  std::string what;  // "operators"
  long long count = 0;
};

struct Report {
  Subject subject;
  Standing standing;
  bool is_complete = false;  // all of a schema was compared, not only what somebody named
  std::vector<Unmodelled> unmodelled;
  /// The expected objects that were looked at; never null.
  std::shared_ptr<const Schema> checked = std::make_shared<const Schema>();
  std::vector<Finding> findings;
  Plan plan;
  std::vector<std::string> notes;  // of the run: what could not be done as hoped, and why
  bool repairs_tried = false;
  bool interrupted = false;
  bool lock_timeout = false;  // a repair gave up because a lock could not be had in time
  std::string failure;        // what ended the run early, if anything did
  std::string failure_hint;
  std::chrono::milliseconds duration{0};

  Verdict verdict() const;
  std::size_t count(Outcome outcome) const;
  /// Whether findings[finding] is drift that is left, or was to be removed and is not, or would be
  /// removed by a plan that is only told. What only follows from a missing relation does not count
  /// beside it.
  bool is_left(std::size_t finding) const;
  /// How many are.
  std::size_t open_drift() const;
  /// Whether the run fails over this one, if it is left: other differences are only told.
  bool may_fail_by(const Finding& finding) const {
    return finding.is_drift() && subject.fail_on.contains(finding.judgement.sort);
  }
  /// Whether it fails over any that is left.
  bool fails() const;
  /// What is told as the repair of this finding: Plan::recipe_for, but null for what only follows
  /// from a missing relation, which is settled by the recipe of that.
  const Recipe* repair_of(std::size_t finding) const;
  /// Its statements, without the preconditions.
  std::vector<std::string> sql_for(std::size_t finding) const;
};

/// How much of a run a reporter tells.
enum class Detail { quiet, normal, verbose };

/// Hears of a run as it goes. All calls come from one thread, in this order:
/// begin, compared and checked, then any number of mending … mended, then end.
class Reporter {
 public:
  Reporter() = default;
  virtual ~Reporter() = default;
  Reporter(const Reporter&) = delete;
  Reporter& operator=(const Reporter&) = delete;

  virtual void begin(const Subject& subject) = 0;
  /// Both sides in full, for who shows more of them than the findings hold. They live no longer
  /// than the call.
  virtual void compared(const Schema& /*expected*/, const Schema& /*actual*/) {}
  /// The comparison is done: what was checked and what was found.
  virtual void checked(const Report& report) = 0;
  /// A repair of this finding starts.
  virtual void mending(const Finding& finding) = 0;
  /// It ended; finding.outcome says how.
  virtual void mended(const Finding& finding) = 0;
  /// What a long repair is waiting for or doing. Replaces the progress before.
  virtual void progress(const std::string& text) = 0;
  virtual void end(const Report& report) = 0;
};

}  // namespace pgmend
