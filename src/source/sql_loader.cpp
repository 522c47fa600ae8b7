// SPDX-License-Identifier: MIT
#include "source/sql_loader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "model/spec_error.hpp"
#include "source/sql_failures.hpp"
#include "source/sql_skipped.hpp"
#include "source/sql_sort.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

/// Something it names is not there, or not yet (PostgreSQL documentation, appendix A).
constexpr auto k_missing = std::to_array<std::string_view>({
    "42P01",  // relation
    "42703",  // column
    "42704",  // type, role, collation, …
    "42883",  // function, operator
    "42830",  // the key that a foreign key refers to
    "3F000",  // schema
});

bool is_missing(const pg::Error& error) {
  return std::find(k_missing.begin(), k_missing.end(), error.sqlstate()) != k_missing.end();
}

/// The role that the server does not have. Its messages are asked for in English.
std::optional<std::string> missing_role(const pg::Error& error) {
  constexpr std::string_view k_before = "role \"";
  constexpr std::string_view k_after = "\" does not exist";
  const std::string_view message = error.what();
  if (!error.is("42704") || message.size() < k_before.size() + k_after.size() ||
      !message.starts_with(k_before) || !message.ends_with(k_after))
    return std::nullopt;
  return std::string(
      message.substr(k_before.size(), message.size() - k_before.size() - k_after.size()));
}

/// Writers of these shared catalogs keep their locks until they commit: also those in DO blocks and
/// functions, which no look at the text would find.
constexpr const char* k_reaches_out =
    "SELECT c.relname FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation "
    "WHERE l.pid = pg_catalog.pg_backend_pid() AND l.database = 0 AND l.mode = 'RowExclusiveLock' "
    "AND c.relname IN ('pg_authid', 'pg_auth_members', 'pg_database', 'pg_db_role_setting', "
    "'pg_tablespace', 'pg_parameter_acl', 'pg_subscription', 'pg_replication_origin') LIMIT 1";

class Loader {
 public:
  Loader(pg::Connection& connection, const SqlScript& script, const LoadOptions& options)
      : m_connection(connection), m_script(script), m_options(options) {}

  std::vector<std::string> load() {
    // Refused to all but superusers; then its messages are in the server's language.
    m_connection.try_query("SET lc_messages = 'C'");
    m_connection.try_query("SET synchronous_commit = off");
    std::size_t session = 0;
    for (std::size_t i = 0; i < m_script.items.size(); ++i) {
      while (session < m_script.sessions.size() && m_script.sessions[session] <= i) {
        if (session > 0) begin_session();
        ++session;
      }
      take(m_script.items[i]);
    }
    end_session();
    retry();
    if (!m_failures.empty()) throw_failures(m_failures, m_options.server);
    auto notes = m_script.notes;
    for (auto& note : m_skipped.notes(m_script.name)) notes.push_back(std::move(note));
    return notes;
  }

 private:
  void begin_session() {
    end_session();
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
      if (!error.is("42704")) fail_statement(item, error);
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
      fail_statement(item, error);
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
    if (!is_extension && (!is_missing(error) || !can_wait(item))) fail_statement(item, error);
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
        fail_statement(*failure.item, error);
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
      fail_statement(item, pg::Error(std::move(parts)));
    }
    m_skipped.add_privilege(item, role);
  }

  void run_once(const ScriptItem& item) {
    if (m_connection.in_transaction()) return run_in_block(item);
    m_connection.query("BEGIN");
    try {
      m_connection.query(item.text);
      if (reaches_out()) {
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
};

}  // namespace

std::vector<std::string> load_sql(pg::Connection& connection, const SqlScript& script,
                                  const LoadOptions& options) {
  return Loader(connection, script, options).load();
}

}  // namespace pgmend::source
