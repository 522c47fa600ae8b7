// SPDX-License-Identifier: MIT
#include "app/database/session.hpp"

#include <fmt/format.h>

#include "app/database/newer_server.hpp"
#include "app/database/no_database.hpp"
#include "app/errors.hpp"
#include "kinds/catalogs/catalog_columns.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"

namespace pgmend::app {

namespace {

DatabaseLocation locate(const ConnectionRequest& request) {
  try {
    return locate_database({.option = request.database,
                            .option_origin = request.database_origin,
                            .config = request.config});
  } catch (const pg::ConninfoError& error) {
    throw UsageError(error.what(), error.hint());
  }
}

constexpr const char* k_needs_transactions =
    "pgmend needs transactions: pool by transaction or session (PgBouncer: pool_mode), or give the "
    "direct connection";

/// A pooler that gives each statement another session: PgBouncer hangs up at BEGIN, and says why.
/// Odyssey takes BEGIN and ends the transaction unasked, and each statement would be one of its
/// own.
void refuse_statement_pooling(pg::Connection& connection) {
  try {
    const pg::Transaction probe(connection, pg::Transaction::Mode::read_only_snapshot, {});
    connection.query("SELECT 1");
    if (!connection.in_transaction())
      throw UnverifiedError("the pooler keeps no transaction open (statement pooling)",
                            k_needs_transactions);
  } catch (const pg::ConnectionError& error) {
    auto parts = error.parts();
    if (parts.message.find("statement pooling") == std::string::npos) throw;
    parts.hint = k_needs_transactions;
    throw pg::ConnectionError(std::move(parts));
  }
}

/// SET ROLE, tried at once: better no run than one that fails half-way.
void act_as(Target& target, const std::string& role, const std::string& origin) {
  target.connection.set_role(role);
  try {
    const pg::Transaction probe(target.connection, pg::Transaction::Mode::read_only_snapshot, {});
    target.description += fmt::format(" acting as {}", role);
  } catch (const pg::Error& error) {
    if (!target.connection.is_alive()) throw;
    const auto hint =
        error.is_permission()
            ? fmt::format("connect as a member of it, or: GRANT {} TO {}", sql::quote_ident(role),
                          sql::quote_ident(target.connection.parameter("user")))
            : "see the roles there are with: psql -c '\\du'";
    throw UnverifiedError(fmt::format("cannot act as {} ({}): {}", role, origin, error.what()),
                          hint);
  }
}

}  // namespace

Session connect(const ConnectionRequest& request) {
  const auto location = locate(request);
  try {
    auto target = open_target(
        location, {.connect_timeout = std::chrono::seconds(request.connect_timeout_seconds),
                   .log_sql = request.log_sql});
    const bool is_pooled = target.connection.is_pooled();
    if (is_pooled) refuse_statement_pooling(target.connection);
    if (request.role)
      act_as(target, *request.role, "--role");
    else if (request.config_role)
      act_as(target, request.config_role->text, request.config_role->label);
    Subject subject;
    subject.target = target.description;
    subject.origin = location.origin;
    subject.notes = location.notes;
    if (target.is_standby) subject.notes.emplace_back("the server is a standby: read-only");
    if (is_pooled)
      subject.notes.emplace_back(
          "there is a connection pooler (PgBouncer, say) before the server: what cannot be done "
          "in transactions is refused");
    if (auto note = newer_server_note(target.connection, kinds::k_newest_known_major))
      subject.notes.push_back(std::move(*note));
    return {std::move(target), location.parameters, std::move(subject)};
  } catch (const pg::Error& error) {
    const auto hint = error.parts().hint.empty() ? connection_hint(error) : error.parts().hint;
    const auto words = fmt::format("{} ({}): {}", pg::describe(location.parameters),
                                   location.origin, error.what());
    if (is_missing_database(error)) throw NoDatabaseError(words, hint);
    if (dynamic_cast<const pg::ConnectTimeout*>(&error))
      throw SilentServerError(words, hint, error.what());
    throw UnverifiedError(words, hint, error.what());
  }
}

Scratch::Target scratch_target(Session& session) {
  try {
    return {session.parameters, pg::likeness_of(session.target.connection)};
  } catch (const pg::Error& error) {
    throw UnverifiedError(error);
  }
}

}  // namespace pgmend::app
