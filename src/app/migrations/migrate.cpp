// SPDX-License-Identifier: MIT
#include "app/migrations/migrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <utility>

#include "app/errors.hpp"
#include "report/migration.hpp"
#include "util/interrupt.hpp"
#include "util/subprocess.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

std::size_t pending_in(const Standing& standing) {
  std::size_t number = 0;
  for (const auto& ledger : standing.ledgers) number += ledger.pending.size();
  return number;
}

/// Whether anything is known of what there is to be applied.
bool has_scripts(const Standing& standing) {
  return std::any_of(standing.ledgers.begin(), standing.ledgers.end(),
                     [](const Ledger& ledger) { return !ledger.heads.empty(); });
}

bool is_unchanged(const Standing& before, const Standing& after) {
  return std::equal(before.ledgers.begin(), before.ledgers.end(), after.ledgers.begin(),
                    after.ledgers.end(), [](const Ledger& one, const Ledger& other) {
                      return one.table == other.table && one.recorded == other.recorded &&
                             one.total == other.total;
                    });
}

bool is_unread(const Ledger& ledger) {
  return ledger.is_unread;
}

std::string words_of_success(const Standing& before, const Standing& after) {
  if (std::any_of(after.ledgers.begin(), after.ledgers.end(), is_unread))
    return "The command ended with 0; what is recorded as applied cannot be read";
  if (after.ledgers.empty()) return "The command ended with 0; no version table tells what it did";
  if (!is_unchanged(before, after)) return "Migrations applied";
  return has_scripts(after) ? "There was nothing to migrate"
                            : "The command ended with 0; nothing new is recorded as applied";
}

class Migration {
 public:
  Migration(Target& target, const MigrateRequest& request, std::FILE* out, terminal::Style style)
      : m_target(target),
        m_connection(target.connection),
        m_request(request),
        m_migrations(request.migrations),
        m_out(out),
        m_told(out, style, request.detail) {}

  Migrated run() {
    using Outcome = Migrated::Outcome;
    m_told.note("Database: " + m_target.description);
    if (m_target.is_standby) {
      fail("The server is a standby: nothing can be migrated here", "give the URL of the primary");
      return ended(Outcome::not_writable);
    }
    bool said = false;
    auto lock = AdvisoryLock::acquire(m_connection, m_request.patience, [&](const std::string&) {
      if (!std::exchange(said, true)) m_told.note("Waiting for another pgmend to finish...");
    });
    if (!lock) {
      fail("Another pgmend is still at work on this database", "run again when it is done");
      return ended(Outcome::not_our_turn);
    }
    const auto before = m_migrations.read(m_connection);
    m_told.state("Migration state before", before);
    const auto outcome = run_command(*lock, before);
    if (outcome != Outcome::done) return ended(outcome);
    m_told.hand_over(m_request.repairs);
    return {.outcome = outcome, .lock = std::move(lock)};
  }

 private:
  void fail(const std::string& failure, const std::string& hint) {
    m_told.bad(failure, hint);
    m_failure = failure;
    m_hint = hint;
  }

  Migrated ended(Migrated::Outcome outcome) const { return {outcome, m_failure, m_hint}; }

  Migrated::Outcome run_command(const AdvisoryLock& lock, const Standing& before) {
    subprocess::Command command;
    command.argv = m_request.command;
    command.env = subprocess::current_environment();
    (*command.env)["PGMEND_RUN"] = "migrate";  // for pgmend.alembic: what it does, we do
    command.inherit_output = true;
    command.output_to_stderr = m_out == stderr;
    command.new_session = true;
    command.death_signal = SIGTERM;  // it must not go on without our lock
    m_told.note(fmt::format("Running {}...", report::command_words(command.argv)));
    try {
      const auto outcome = attend(subprocess::Process::start(command), lock);
      stay_connected(lock);
      return judge(outcome, before);
    } catch (const subprocess::StartError& error) {
      fail(error.what(), "write the command as you would without pgmend, behind `--`");
      return Migrated::Outcome::not_startable;
    } catch (const interrupt::Interrupted&) {
      fail("Interrupted: the command was ended, nothing was repaired", tells_what_is_left());
      return Migrated::Outcome::interrupted;
    }
  }

  /// Waits for it to end.
  subprocess::Outcome attend(subprocess::Process process, const AdvisoryLock& lock) {
    constexpr milliseconds k_round(5000);
    constexpr milliseconds k_grace(10000);
    const auto deadline =
        m_request.timeout.count() > 0 ? Clock::now() + m_request.timeout : Clock::time_point::max();
    bool timed_out = false;
    try {
      while (!timed_out && !process.wait_for(std::min(k_round, left_until(deadline)))) {
        timed_out = left_until(deadline).count() <= 0;
        if (!timed_out) stay_connected(lock);
      }
    } catch (const interrupt::Interrupted&) {
      process.end_session(k_grace);
      throw;
    }
    if (timed_out) process.end_session(k_grace);
    auto outcome = process.outcome();
    outcome.timed_out = timed_out;
    return outcome;
  }

  static milliseconds left_until(Clock::time_point deadline) {
    return std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
  }

  /// A session that says nothing for long is ended by servers and by what stands between. The
  /// command is not: it may be in the middle of something.
  void stay_connected(const AdvisoryLock& lock) {
    if (!m_lost.empty()) return;
    try {
      m_connection.query("SELECT 1");
      lock.confirm();
    } catch (const pg::Error& error) {
      m_lost = error.what();
    }
  }

  Migrated::Outcome judge(const subprocess::Outcome& ended, const Standing& before) {
    if (!m_lost.empty())
      throw UnverifiedError(
          fmt::format("the connection was lost while the migration ran, which then {}: {}",
                      words_of(ended), m_lost),
          "run this again: it goes on with what is left");
    const auto after = m_migrations.read(m_connection);
    const bool is_ok = ended.ok() && !ended.timed_out;
    const bool is_without_effect = is_ok && pending_in(after) > 0 && is_unchanged(before, after) &&
                                   !m_request.migrations.even_if_pending;
    if (is_ok && !is_without_effect) m_told.good(words_of_success(before, after));
    m_told.state("Current migration state", after);
    if (!is_ok)
      fail(fmt::format("Migrations failed: {} {}; nothing was repaired", m_request.command.front(),
                       words_of(ended)),
           "what it wrote, if anything, is above; " + tells_what_is_left());
    if (is_without_effect)
      fail("The command ended with 0, but nothing was committed", why_nothing());
    return is_ok && !is_without_effect ? Migrated::Outcome::done : Migrated::Outcome::failed;
  }

  std::string words_of(const subprocess::Outcome& ended) const {
    if (ended.timed_out)
      return fmt::format("was ended after {} s (--timeout)", m_request.timeout.count() / 1000);
    if (ended.signal != 0)
      return fmt::format("was ended by signal {} ({})", ended.signal, ::strsignal(ended.signal));
    return fmt::format("ended with exit code {}", ended.exit_code);
  }

  std::string tells_what_is_left() const {
    return "what it left is told by: " + m_request.migrations.invocation.command("verify");
  }

  std::string why_nothing() const {
    if (const auto where = m_migrations.early_statement())
      return fmt::format(
          "{} sends a statement before context.configure(): SQLAlchemy 2 then takes "
          "the transaction for yours; commit there, or move it behind",
          display(*where));
    return "does it migrate the database named above? if it is meant to stop before the last "
           "revision: --even-if-pending";
  }

  const Target& m_target;
  pg::Connection& m_connection;
  const MigrateRequest& m_request;
  Migrations m_migrations;
  std::FILE* m_out;
  report::MigrationReporter m_told;
  std::string m_failure;  // what was told of it
  std::string m_hint;
  std::string m_lost;  // why, if the connection was lost meanwhile
};

}  // namespace

Migrated migrate(Target& target, const MigrateRequest& request, std::FILE* out,
                 terminal::Style style) {
  try {
    return Migration(target, request, out, style).run();
  } catch (const pg::Error& error) {
    throw UnverifiedError(error);
  }
}

}  // namespace pgmend::app
