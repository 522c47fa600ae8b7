// SPDX-License-Identifier: MIT
#include "source/sql_loader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <span>

#include "model/spec_error.hpp"
#include "source/sql_beside.hpp"
#include "source/sql_failures.hpp"
#include "source/sql_second_loader.hpp"
#include "source/sql_skipped.hpp"
#include "source/sql_sort.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

/// Writers of these shared catalogs keep their locks until they commit: also those in DO blocks and
/// functions, which no look at the text would find.
constexpr const char* k_reaches_out =
    "SELECT c.relname FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation "
    "WHERE l.pid = pg_catalog.pg_backend_pid() AND l.database = 0 AND l.mode = 'RowExclusiveLock' "
    "AND c.relname IN ('pg_authid', 'pg_auth_members', 'pg_database', 'pg_db_role_setting', "
    "'pg_tablespace', 'pg_parameter_acl', 'pg_subscription', 'pg_replication_origin') LIMIT 1";

/// Fewer statements are made before another session has begun with its half of them, or has been
/// started.
constexpr std::size_t k_worth_two_sessions = 40;
constexpr std::size_t k_worth_second_session = 200;

class Loader {
 public:
  Loader(pg::Connection& connection, const SqlScript& script, const LoadOptions& options)
      : m_connection(connection), m_script(script), m_options(options) {}

  std::vector<std::string> load() {
    // Refused to all but superusers; then its messages are in the server's language.
    m_connection.try_query("SET lc_messages = 'C'");
    m_connection.try_query("SET synchronous_commit = off");
    std::size_t session = 0;
    for (std::size_t i = 0; i < m_script.items.size();) {
      while (session < m_script.sessions.size() && m_script.sessions[session] <= i) {
        if (session > 0) begin_session();
        ++session;
      }
      const auto end =
          session < m_script.sessions.size() ? m_script.sessions[session] : m_script.items.size();
      const auto batch = batch_of(std::span(m_script.items).subspan(i, end - i));
      if (batch.size() > 1) {
        i += take_together(batch);
      } else {
        m_is_beside_ready = false;
        take(m_script.items[i++]);
      }
    }
    end_session();
    retry();
    if (!m_failures.empty()) throw_failures(m_failures, refuser());
    auto notes = m_script.notes;
    for (auto& note : m_skipped.notes(m_script.name)) notes.push_back(std::move(note));
    return notes;
  }

 private:
  [[noreturn]] void fail(const ScriptItem& item, const pg::Error& error) {
    fail_statement(item, error, refuser());
  }

  Refuser refuser() {
    return refuser_for(m_options.wanted_major, m_connection.server_major(), m_options.server);
  }

  void begin_session() {
    end_session();
    m_is_beside_ready = false;
    m_connection.query("RESET SESSION AUTHORIZATION");
    m_connection.query("RESET ALL");
    m_connection.try_query("SET lc_messages = 'C'");
    m_connection.try_query("SET synchronous_commit = off");
  }

  void end_session() {
    if (!m_connection.in_transaction()) return;
    throw SpecError(Fault{.where = m_block->where,
                          .message = "the transaction that begins here is not ended",
                          .hint = "psql would roll it back: add COMMIT"});
  }

  using Items = std::span<const ScriptItem>;

  /// What of these may be sent at once, up to a number that is worth it. Where others have a say,
  /// each statement is looked at.
  Items batch_of(Items items) const {
    constexpr std::size_t k_most = 400;
    if (!m_options.is_private) return {};
    items = items.first(std::min(items.size(), k_most));
    const auto up_to_first = [&](auto good) {
      return items.first(static_cast<std::size_t>(
          std::find_if_not(items.begin(), items.end(), good) - items.begin()));
    };
    const auto for_two = up_to_first(only_adds);
    if (is_worth_two_sessions(for_two)) return for_two;
    const auto others = up_to_first([](const ScriptItem& item) {
      return sort_of(item) == StatementSort::schema && may_share_transaction(item);
    });
    // Few of them: behind these there may be many for two sessions.
    const bool is_large = m_script.items.size() >= k_worth_second_session;
    return is_large ? others.first(std::min(others.size(), k_worth_two_sessions)) : others;
  }

  bool is_worth_two_sessions(Items items) const {
    return items.size() >= k_worth_two_sessions && m_script.items.size() >= k_worth_second_session;
  }

  /// Returns how many of them are done, or noted as failed. One that fails is tried by itself, by
  /// which it is told what is to be made of it.
  std::size_t take_together(Items items) {
    if (run_beside(items)) return items.size();
    const auto good = run_at_once(items);
    if (good == items.size()) return good;
    m_is_beside_ready = false;
    if (run_at_once(items.first(good)) < good)
      for (const auto& item : items.first(good)) take(item);
    take(items[good]);
    return good + 1;
  }

  /// All of them in one transaction and one round trip. Otherwise nothing is done, and it returns
  /// how many there were before the first that failed.
  std::size_t run_at_once(Items items) {
    if (items.empty()) return 0;
    const bool is_inside = m_connection.in_transaction();
    std::vector<pg::Statement> statements = {{is_inside ? "SAVEPOINT pgmend_statement" : "BEGIN"}};
    for (const auto& item : items) statements.push_back({item.text});
    statements.push_back({is_inside ? "RELEASE SAVEPOINT pgmend_statement" : "COMMIT"});
    std::size_t good = 0;
    try {
      m_connection.query_all(statements, [&](std::size_t number, const pg::Result&) {
        good = std::min(number, items.size() - 1);
      });
      return items.size();
    } catch (const pg::ConnectionError&) {
      throw;
    } catch (const pg::Error&) {
      if (!is_inside) {
        m_connection.try_query("ROLLBACK");
      } else {
        m_connection.try_query("ROLLBACK TO SAVEPOINT pgmend_statement");
        m_connection.try_query("RELEASE SAVEPOINT pgmend_statement");
      }
      return good;
    }
  }

  /// Two halves of them in two sessions; false if that cannot be done, and then nothing is.
  bool run_beside(Items items) {
    if (m_connection.in_transaction() || !is_worth_two_sessions(items) ||
        !std::all_of(items.begin(), items.end(), only_adds))
      return false;
    if (!m_hangs_together) m_hangs_together = hangs_together(m_script.items);
    if (*m_hangs_together) return false;
    const auto halves = in_halves(items);
    if (!halves) return false;
    if (!m_beside) m_beside.emplace(m_connection);
    if (!m_is_beside_ready) m_is_beside_ready = m_beside->prepare(settings());
    return m_is_beside_ready && m_beside->run(*halves);
  }

  void take(const ScriptItem& item) {
    switch (sort_of(item)) {
      case StatementSort::data:
        return m_skipped.add_data(item);
      case StatementSort::outside:
        return m_skipped.add_outside(item);
      case StatementSort::roles:
        return take_roles(item);
      case StatementSort::transaction:
        return take_transaction(item);
      case StatementSort::settings:
        return take_settings(item);
      case StatementSort::schema:
        break;
    }
    try {
      run(item);
    } catch (const pg::ConnectionError&) {
      throw;
    } catch (const pg::Error& error) {
      postpone(item, error);
    }
  }

  /// What a newer pg_dump sets an older server does not know; it has no part in the schema.
  void take_settings(const ScriptItem& item) {
    try {
      run(item);
    } catch (const pg::Error& error) {
      if (!error.is("42704")) fail(item, error);
      m_skipped.add_setting(item);
    }
  }

  void take_roles(const ScriptItem& item) {
    if (!m_options.is_private) return m_skipped.add_outside(item);
    try {
      run(item);
    } catch (const pg::ConnectionError&) {
      throw;
    } catch (const pg::Error& error) {
      // A role made on demand, or the server's own superuser.
      if (!error.is("42710")) postpone(item, error);
    }
  }

  void take_transaction(const ScriptItem& item) {
    const bool was_open = m_connection.in_transaction();
    try {
      m_connection.query(item.text);
    } catch (const pg::ConnectionError&) {
      throw;
    } catch (const pg::Error& error) {
      fail(item, error);
    }
    if (!was_open && m_connection.in_transaction()) {
      m_block = &item;
      m_failures_before_block = m_failures.size();
    }
    const bool rolled_back = item.key(0) == "rollback" || item.key(0) == "abort";
    if (was_open && !m_connection.in_transaction() && rolled_back)
      m_failures.erase(m_failures.begin() + static_cast<long>(m_failures_before_block),
                       m_failures.end());
  }

  void postpone(const ScriptItem& item, const pg::Error& error) {
    const bool is_extension = !created_extension(item).empty();
    // pg_dump -n public writes it, and so it stands in many a schema.sql.
    const bool is_public = error.is("42P06") && item.key(2) == "public";
    if (is_public) return;
    if (!is_extension && (!is_missing(error) || !can_wait(item))) fail(item, error);
    m_failures.push_back({&item, error, settings()});
  }

  /// What the file has set by now, for the time when the statement is tried again.
  std::vector<std::string> settings() {
    std::vector<std::string> statements;
    const auto set = m_connection.query(
        "SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session' "
        "AND context IN ('user', 'superuser') AND name <> 'lc_messages'");
    for (int row = 0; row < set.rows(); ++row)
      statements.push_back(fmt::format("SELECT pg_catalog.set_config({}, {}, false)",
                                       sql::quote_literal(set.get(row, 0)),
                                       sql::quote_literal(set.get(row, 1))));
    const auto role = m_connection.query("SELECT pg_catalog.current_setting('role') AS role");
    statements.push_back("SET ROLE " + (role.get(0, 0) == "none"
                                            ? std::string("NONE")
                                            : sql::quote_ident(role.get(0, 0))));
    return statements;
  }

  /// Until a round helps none of them.
  void retry() {
    for (std::size_t before = 0; before != m_failures.size() && !m_failures.empty();) {
      before = m_failures.size();
      std::vector<Failure> left;
      for (auto& failure : m_failures)
        if (!try_again(failure)) left.push_back(std::move(failure));
      m_failures = std::move(left);
    }
  }

  bool try_again(Failure& failure) {
    m_connection.query("RESET ALL");
    m_connection.try_query("SET lc_messages = 'C'");
    for (const auto& setting : failure.settings) m_connection.try_query(setting);
    try {
      run(*failure.item);
      return true;
    } catch (const pg::ConnectionError&) {
      throw;
    } catch (const pg::Error& error) {
      if (created_extension(*failure.item).empty() && !is_missing(error))
        fail(*failure.item, error);
      failure.error = error;
      return false;
    }
  }

  /// Runs a statement; roles that it misses are made where that is nobody's business.
  void run(const ScriptItem& item) {
    std::set<std::string> made;
    for (;;) {
      try {
        return run_once(item);
      } catch (const pg::ConnectionError&) {
        throw;
      } catch (const pg::Error& error) {
        const auto role = missing_role(error);
        if (!role || made.contains(*role)) throw;
        if (!m_options.is_private) return without_role(item, error, *role);
        // SUPERUSER: the file may go on as this role, whatever rights it would need.
        m_connection.query(
            fmt::format("CREATE ROLE {} NOLOGIN SUPERUSER", sql::quote_ident(*role)));
        made.insert(*role);
        m_skipped.add_role(*role);
      }
    }
  }

  void without_role(const ScriptItem& item, const pg::Error& error, const std::string& role) {
    if (!is_about_privileges(item) || m_options.needs_privileges) {
      auto parts = error.parts();
      parts.hint = fmt::format(
          "CREATE ROLE {} on that server, or leave --scratch away: a private "
          "server gets the roles it needs",
          sql::display_ident(role));
      fail(item, pg::Error(std::move(parts)));
    }
    m_skipped.add_privilege(item, role);
  }

  void run_once(const ScriptItem& item) {
    if (m_connection.in_transaction()) return run_in_block(item);
    try {
      if (m_options.is_private) {
        m_connection.query_all(std::vector<pg::Statement>{{"BEGIN"}, {item.text}, {"COMMIT"}});
        return;
      }
      const auto answers = m_connection.query_all(
          std::vector<pg::Statement>{{"BEGIN"}, {item.text}, {k_reaches_out}});
      if (answers.back().rows() > 0) {
        m_connection.query("ROLLBACK");
        return m_skipped.add_outside(item);
      }
      m_connection.query("COMMIT");
    } catch (const pg::ConnectionError&) {
      throw;
    } catch (const pg::Error& error) {
      m_connection.try_query("ROLLBACK");
      // active_sql_transaction: CREATE INDEX CONCURRENTLY, VACUUM and the like stand alone. What
      // ends transactions itself (invalid_transaction_termination) cannot be undone if it reaches
      // out.
      const bool stands_alone = error.is("25001") || (error.is("2D000") && m_options.is_private);
      if (!stands_alone) throw;
      m_connection.query(item.text);
    }
  }

  void run_in_block(const ScriptItem& item) {
    m_connection.query("SAVEPOINT pgmend_statement");
    try {
      m_connection.query(item.text);
      if (reaches_out()) {
        m_connection.query("ROLLBACK TO SAVEPOINT pgmend_statement");
        m_skipped.add_outside(item);
      }
      m_connection.query("RELEASE SAVEPOINT pgmend_statement");
    } catch (const pg::ConnectionError&) {
      throw;
    } catch (const pg::Error&) {
      m_connection.try_query("ROLLBACK TO SAVEPOINT pgmend_statement");
      m_connection.try_query("RELEASE SAVEPOINT pgmend_statement");
      throw;
    }
  }

  bool reaches_out() {
    return !m_options.is_private && m_connection.query(k_reaches_out).rows() > 0;
  }

  pg::Connection& m_connection;
  const SqlScript& m_script;
  const LoadOptions& m_options;
  SkippedStatements m_skipped;
  std::vector<Failure> m_failures;
  const ScriptItem* m_block = nullptr;  // what began the transaction that is open
  std::size_t m_failures_before_block = 0;
  std::optional<bool> m_hangs_together;
  std::optional<SecondLoader> m_beside;
  bool m_is_beside_ready = false;  // it has the settings of the first session
};

}  // namespace

std::vector<std::string> load_sql(pg::Connection& connection, const SqlScript& script,
                                  const LoadOptions& options) {
  return Loader(connection, script, options).load();
}

}  // namespace pgmend::source
