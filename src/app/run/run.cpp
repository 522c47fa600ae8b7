// SPDX-License-Identifier: MIT
#include "app/run/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "app/compare/expectation.hpp"
#include "app/compare/pass.hpp"
#include "app/compare/unchanged.hpp"
#include "app/compare/version_table.hpp"
#include "app/database/advisory_lock.hpp"
#include "app/errors.hpp"
#include "app/run/overloads.hpp"
#include "app/run/proof.hpp"
#include "app/run/repair.hpp"
#include "app/run/replication.hpp"
#include "engine/dependencies.hpp"
#include "engine/planner.hpp"
#include "kinds/kinds.hpp"
#include "model/definition.hpp"
#include "util/interrupt.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

/// What a repair brings to light is repaired as well, and what that brings to light: more would be
/// a fight with somebody else.
constexpr int k_most_rounds = 3;

class Run {
 public:
  /// `narrowed`: the expectation, filtered.
  Run(Target& target, const Expectation& expectation, const Expectation& narrowed,
      const RunOptions& options, Reporter& reporter, Report& report)
      : m_target(target),
        m_connection(target.connection),
        m_expectation(expectation),
        m_input{narrowed.kinds.empty() ? kinds::all() : Kinds(narrowed.kinds),
                narrowed,
                expectation,
                options.filter,
                options.read_lock_timeout,
                options.strict,
                false,
                {},
                options.only_schema},
        m_migrations(options.migrations),
        m_options(options),
        m_reporter(reporter),
        m_report(report) {
    m_input.own_names = m_migrations.own_names();
    m_unchanged = memory(narrowed);
  }

  void go() {
    const bool writes = m_options.job == Job::ensure && !m_options.dry_run;
    if (writes && m_target.is_standby) return refuse_standby();
    auto pass = first_look();
    const bool nothing_to_do = !pass.has_drift() && !has_removals(pass);
    if (nothing_to_do && !(writes && pass.is_open())) return show(std::move(pass));
    if (writes && !m_report.standing.forbids()) return ensure(std::move(pass));
    // All looks together wait for locks no longer than one would.
    const auto patience = pass.patience_left;
    auto again = confirm(std::move(pass), patience);
    if (m_report.standing.forbids()) return show(std::move(again));
    if (m_options.job != Job::verify)
      make_plan(again);
    else if (m_options.plan)
      try_to_plan(again);
    show(std::move(again));
  }

 private:
  /// The version tables come first: when a migration ends in between, what is there is what they
  /// say, or more.
  Pass look(std::chrono::milliseconds lock_timeout) {
    m_report.standing = m_migrations.read(m_connection);
    auto pass = compare(lock_timeout, false);
    m_migrations.judge(m_connection, m_report.standing, pass);
    return pass;
  }

  Pass compare(std::chrono::milliseconds lock_timeout, bool only_declared) {
    auto input = m_input;
    input.lock_timeout = lock_timeout;
    input.only_declared = only_declared;
    auto pass = run_pass(m_connection, input);
    refuse_empty(m_expectation);  // what is expected may still have been read until now
    return pass;
  }

  /// What it takes to be worth it: a reading that is dear, and all of it. The expectation is not
  /// waited for here.
  std::optional<Unchanged> memory(const Expectation& expectation) const {
    if (!m_options.remembers || m_target.is_standby || expectation.digest.empty() ||
        !m_options.filter.lets_all_through())
      return std::nullopt;
    const auto file = unchanged_file(m_target.description, expectation.source);
    if (!file) return std::nullopt;
    return Unchanged(*file, unchanged_question(expectation, m_input.own_names, m_options.strict));
  }

  bool looks_at_declared_first() const {
    return m_options.job == Job::verify && !m_input.expectation.complete;
  }

  /// A database that has not changed is not read again. A look at a few objects of many is not to
  /// cost a look at all of them. Where something is wrong there is another look, at everything.
  Pass first_look() {
    const bool only_declared = looks_at_declared_first();
    const bool by_names = only_declared || says_all_columns();
    m_report.standing = m_migrations.read(m_connection, by_names);
    if (m_unchanged && m_unchanged->look(m_connection, m_input.kinds)) return unchanged_look();
    auto pass = compare(m_input.lock_timeout, only_declared);
    const auto of_usual_names = m_report.standing.ledgers.size();
    if (by_names && !only_declared && !pass.has_drift() && may_lack_version_tables(pass))
      m_report.standing = m_migrations.read(m_connection);
    m_migrations.judge(m_connection, m_report.standing, pass);
    if (m_unchanged && is_exact(pass) && m_report.standing.ledgers.size() == of_usual_names)
      m_unchanged->remember();
    return pass;
  }

  /// With nothing to tell, either.
  static bool is_exact(const Pass& pass) {
    return pass.is_as_expected && pass.findings.empty() && pass.absent_books.empty();
  }

  /// Whether what is expected says of every column of the database that it is there.
  bool says_all_columns() const {
    const auto& kinds = m_input.kinds;
    return m_input.expectation.complete && m_options.filter.lets_all_through() &&
           std::find(kinds.begin(), kinds.end(), &kinds::k_column) != kinds.end();
  }

  /// Whether there may be version tables that their names do not tell.
  static bool may_lack_version_tables(const Pass& pass) {
    return !is_exact(pass) || may_hold_renamed(*pass.expected) || may_hold_renamed(pass.beside);
  }

  /// Version tables of other names than the usual there were none, or nothing would be remembered.
  Pass unchanged_look() {
    auto pass = unchanged_pass(m_connection, m_input);
    m_migrations.judge(m_connection, m_report.standing, pass);
    m_report.subject.notes.push_back(
        fmt::format("nothing changed since it was read at {}: not read again (--no-cache does)",
                    m_unchanged->read_at()));
    return pass;
  }

  /// Another look, or two: what was not seen before counts when it is seen twice.
  Pass look_again(const std::vector<Finding>& before, std::chrono::milliseconds lock_timeout) {
    auto pass = look(lock_timeout);
    if (are_confirmed(pass.findings, before)) return pass;
    auto last = look(pass.patience_left);
    last.findings = confirmed(std::move(last.findings), pass.findings);
    return last;
  }

  /// What is not expected is no drift, but it is to be removed.
  bool has_removals(const Pass& pass) const {
    return m_options.job != Job::verify && m_options.consents.contains(Consent::drop) &&
           std::any_of(pass.findings.begin(), pass.findings.end(), [](const Finding& finding) {
             return finding.judgement.sort == Sort::extra;
           });
  }

  void refuse_standby() {
    m_report.failure = "the server is a standby: nothing can be repaired here";
    m_report.failure_hint = "name the primary with --database; a standby can be checked: " +
                            m_options.invocation.command("verify");
  }

  /// Left out of what is expected, and so not among the findings.
  void note_absent_books(const Pass& pass) {
    if (pass.absent_books.empty()) return;
    std::vector<std::string> names;
    for (const auto& books : pass.absent_books)
      names.push_back(fmt::format("{} ({})", display(books.table), books.tool));
    m_report.subject.notes.push_back(
        "expected, not there, and left to its migration tool to make: " + text::join(names, ", "));
  }

  void show(Pass pass) {
    note_absent_books(pass);
    m_report.checked = pass.expected;
    m_report.findings = std::move(pass.findings);
    m_report.unmodelled = std::move(pass.unmodelled);
    m_reporter.compared(*pass.expected, pass.found());
    m_reporter.checked(m_report);
  }

  /// Where only some objects are named, it is not known what else is granted on them.
  const Schema* all_said() const {
    return m_expectation.kinds.empty() ? nullptr : m_expectation.complete.get();
  }

  Plan plan_for(Pass& pass, std::vector<Finding>& findings) {
    // What hangs on what matters when things are to be removed or made anew.
    engine::read_dependencies(m_connection, pass.actual, m_input.expectation.complete != nullptr);
    const bool is_partial = pass.is_partial || !m_options.filter.lets_all_through();
    return engine::make_plan(
        m_connection,
        {m_input.kinds, *pass.expected, pass.actual, kinds::describing(), m_options.consents,
         m_options.read_lock_timeout, m_options.max_size, all_said(), is_partial},
        findings);
  }

  void make_plan(Pass& pass) {
    if (pass.findings.empty()) return;
    m_report.plan = plan_for(pass, pass.findings);
    for (auto& finding : pass.findings)
      finding.outcome_hint = m_options.invocation.completed(finding.outcome_hint);
    for (auto& note : replication_notes(m_connection, m_report.plan, pass.findings))
      m_report.subject.notes.push_back(std::move(note));
    for (auto& note : overload_notes(m_report.plan, pass.findings, pass.actual))
      m_report.subject.notes.push_back(std::move(note));
  }

  static void forget_plan(Finding& finding) {
    finding.outcome = Outcome::open;
    finding.outcome_text.clear();
    finding.outcome_hint.clear();
    finding.gives_way = false;
  }

  /// A verify does not fail over what only says how its findings would be repaired: that needs
  /// temporary tables, which not every role may make, and no standby.
  void try_to_plan(Pass& pass) {
    try {
      make_plan(pass);
    } catch (const pg::ConnectionError&) {
      throw;
    } catch (const pg::Error& error) {
      for (auto& finding : pass.findings) forget_plan(finding);
      m_report.plan = {};
      m_report.notes.push_back(fmt::format("no repairs were planned: {}", error.what()));
    }
  }

  /// No catalog tells whether rows are in the way, an index is still being built, or a lock is
  /// held.
  static bool is_in_catalogs(const Finding& finding) {
    return finding.judgement.sort != Sort::broken &&
           finding.judgement.weight != Weight::unconfirmed && !is_fault(finding);
  }

  /// What was found is still so, for nothing has changed since before it was looked at. A plan
  /// takes more than a look at some of it.
  bool is_confirmed(const Pass& pass) const {
    return m_unchanged && !looks_at_declared_first() &&
           std::all_of(pass.findings.begin(), pass.findings.end(), is_in_catalogs) &&
           m_unchanged->is_still(m_connection);
  }

  /// By another look, if it takes one.
  Pass confirm(Pass pass, std::chrono::milliseconds patience) {
    if (!is_confirmed(pass)) {
      const auto before = only_known_again(std::exchange(pass, Pass()).findings);
      return look_again(before, patience);
    }
    m_report.standing = m_migrations.read(m_connection);
    m_migrations.judge(m_connection, m_report.standing, pass);
    return pass;
  }

  void ensure(Pass first) {
    if (m_options.lock) return ensure_under(*m_options.lock, std::move(first));
    if (const auto lock = take_lock()) ensure_under(*lock, std::move(first));
  }

  /// Nothing, if the run ends here: why is in the report.
  std::optional<AdvisoryLock> take_lock() {
    try {
      auto lock = AdvisoryLock::acquire(
          m_connection, m_options.lock_patience,
          [&](const std::string& text) { m_reporter.progress(text); }, m_options.only_schema);
      if (lock) return lock;
      m_report.lock_timeout = true;
      m_report.failure = m_options.only_schema.empty()
                             ? "another pgmend is still repairing this database"
                             : "another pgmend is still repairing this schema, or the database";
      m_report.failure_hint = "run again when it has finished";
    } catch (const UnverifiedError& error) {
      m_report.failure = error.what();
      m_report.failure_hint = error.hint();
    }
    return std::nullopt;
  }

  void ensure_under(const AdvisoryLock& lock, Pass first) {
    // Under the lock things are read again: another run may have done it all in the meantime, or
    // have been killed over it.
    auto pass = confirm(std::move(first), m_input.lock_timeout);
    if (m_report.standing.forbids()) return show(std::move(pass));
    make_plan(pass);
    show(std::move(pass));
    repair(m_connection, m_input, m_options.locks, lock, m_reporter, m_report);
    for (int round = 1; round < k_most_rounds; ++round) {
      auto proof = prove();
      if (!proof || !repair_rest(*proof, lock)) return;
    }
    prove();
  }

  /// What shows only once something else is repaired; whether there was anything that can be.
  bool repair_rest(Pass& proof, const AdvisoryLock& lock) {
    const auto& findings = m_report.findings;
    if (std::none_of(findings.begin(), findings.end(), [&](const Finding& finding) {
          return engine::is_to_be_planned(finding, m_options.consents);
        }))
      return false;
    auto done = std::exchange(m_report.plan, plan_for(proof, m_report.findings));
    const bool is_any = !m_report.plan.steps().empty();
    if (is_any) repair(m_connection, m_input, m_options.locks, lock, m_reporter, m_report);
    auto steps = done.steps();
    const auto& further = m_report.plan.steps();
    steps.insert(steps.end(), further.begin(), further.end());
    m_report.plan = Plan(std::move(steps));
    return is_any;
  }

  /// Nothing is believed that the catalogs do not say. Returns what they say; nothing if nothing
  /// was tried.
  std::optional<Pass> prove() {
    if (!m_report.repairs_tried) return std::nullopt;
    auto pass = run_pass(m_connection, m_input);
    settle_by(pass.findings, m_report.findings);
    return pass;
  }

  Target& m_target;
  pg::Connection& m_connection;
  const Expectation& m_expectation;
  PassInput m_input;
  Migrations m_migrations;
  std::optional<Unchanged> m_unchanged;
  const RunOptions& m_options;
  Reporter& m_reporter;
  Report& m_report;
};

void report_lost(Report& report, std::string_view why) {
  report.failure = fmt::format("the connection was lost: {}", why);
  report.failure_hint = "run again: what is done stays done, and the rest is found again";
}

void report_error(Report& report, const pg::Error& error) {
  report.failure = error.what();
  report.failure_hint = error.parts().hint;
  if (error.is_permission() && report.failure_hint.empty())
    report.failure_hint = "connect as a role that may read these catalogs (--database)";
}

}  // namespace

Report run(Target& target, const Expectation& expectation, Subject subject,
           const RunOptions& options, Reporter& reporter) {
  const auto started = std::chrono::steady_clock::now();
  check_filter(options.filter, kinds::all(), expectation);
  const auto narrowed = filtered(expectation, options.filter);
  Report report;
  report.subject = std::move(subject);
  report.subject.source = expectation.source;
  report.subject.job = options.job;
  report.subject.dry_run = options.dry_run;
  report.subject.invocation = options.invocation;
  report.subject.fail_on = options.fail_on;
  report.is_complete = expectation.complete != nullptr;
  Run run(target, expectation, narrowed, options, reporter, report);
  reporter.begin(report.subject);
  try {
    run.go();
  } catch (const engine::InterruptedUnclean& left) {
    report.interrupted = true;
    report.notes.emplace_back(left.what());
  } catch (const interrupt::Interrupted&) {
    report.interrupted = true;
  } catch (const pg::ConnectionError& error) {
    report_lost(report, error.what());
  } catch (const pg::Error& error) {
    // Lost while it was handled: then it is not the reason.
    if (!target.connection.is_alive())
      report_lost(report, "the server does not answer any more");
    else
      report_error(report, error);
  }
  report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - started);
  reporter.end(report);
  return report;
}

}  // namespace pgmend::app
