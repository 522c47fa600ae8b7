// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pg/connection.hpp"
#include "pg/private_server.hpp"

/// Throw-away databases in which PostgreSQL itself turns declared text into catalog rows.
namespace pgmend::pg {

/// What a scratch database should have in common with the target, as far as it can be had. Empty
/// or 0: any will do.
struct Likeness {
  int major = 0;
  std::string encoding;  // "UTF8"
  std::string collate;   // as libc calls it: "de_DE.UTF-8"
  std::string ctype;
};

/// What the database of this session is like.
Likeness likeness_of(Connection& connection);

class ScratchServer;

/// One empty database, dropped at the end with whoever is still connected to it. While this object
/// lives it keeps a session there: a database of its name without any session is an orphan of a
/// run that was killed, and is dropped by the next ScratchServer.
class ScratchDatabase {
 public:
  ScratchDatabase(ScratchDatabase&&) noexcept = default;
  ScratchDatabase& operator=(ScratchDatabase&&) = delete;
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  ~ScratchDatabase();

  const std::string& name() const { return m_name; }
  /// For libpq; they hold the password.
  ConnectionParameters parameters() const;
  /// The same as a URL that libpq and SQLAlchemy understand: a Unix socket's folder stands behind
  /// `?host=`. It holds the password: never print it.
  std::string url() const;
  /// A new session.
  Connection connect() const;
  const ScratchServer& server() const { return *m_server; }

 private:
  friend class ScratchServer;
  ScratchDatabase(ScratchServer& server, std::string name, Connection keeper);

  ScratchServer* m_server;
  std::string m_name;
  std::optional<Connection> m_keeper;  // nothing once it was moved from
};

/// Where scratch databases are made: a private server, started from the programs on this machine,
/// or one that was named. Lives longer than its databases.
class ScratchServer {
 public:
  struct Named {
    ConnectionParameters parameters;
    std::string label;  // for people: "--scratch", "the target's own server"
  };
  struct Request {
    std::optional<Named> named;  // nothing: a private server
    Likeness like;
    Connection::Options connection;
    std::uintmax_t script_bytes = 0;  // of what is to be run there, as far as that is known
  };

  /// Starts or reaches it, and drops orphans. Throws Error with a hint: there are no server
  /// programs, the server cannot be reached.
  explicit ScratchServer(Request request);
  ScratchServer(const ScratchServer&) = delete;
  ScratchServer& operator=(const ScratchServer&) = delete;

  /// Throws Error with a hint, such as for a role that may not create databases.
  ScratchDatabase make();

  /// "a private PostgreSQL 15.20 server", "PostgreSQL 17.2 on app@db:5432 (--scratch)".
  const std::string& description() const { return m_description; }
  int major() const { return m_admin->server_major(); }
  /// A private server's roles and settings are nobody's: it goes away.
  bool is_private() const { return m_private != nullptr; }
  /// For people: in what it is not like the target. Complete once a database was made.
  const std::vector<std::string>& notes() const { return m_notes; }

 private:
  friend class ScratchDatabase;
  void start_private();
  void reach_named();
  void drop_orphans();
  void create(const std::string& name);
  [[noreturn]] void refuse(const Error& error) const;
  void note(const std::string& text);
  void drop(const std::string& name) noexcept;
  ConnectionParameters parameters(const std::string& dbname) const;

  Request m_request;
  std::unique_ptr<PrivateServer> m_private;
  std::optional<Connection> m_admin;
  std::string m_description;
  std::vector<std::string> m_notes;
};

}  // namespace pgmend::pg
