// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pg/scratch.hpp"

namespace pgmend::app {

/// Scratch databases for the sources that need them, made where the user said (--scratch). Nothing
/// is started or connected to before the first is asked for.
class Scratch {
 public:
  struct Options {
    /// --scratch: a URL, or "target" for the target's own server; nothing: a private server.
    std::optional<std::string> choice;
    int connect_timeout_seconds = 10;
    bool log_sql = false;
  };
  /// The database that is verified. A scratch database should be like it.
  struct Target {
    pg::ConnectionParameters parameters;
    pg::Likeness like;
  };
  using FindTarget = std::function<Target()>;

  /// `find_target` is called when the first database is made; empty where there is no target.
  explicit Scratch(Options options, FindTarget find_target = {});

  /// Throws UsageError for a --scratch that cannot be understood, UnverifiedError where no
  /// database can be made; both say what else can be done.
  pg::ScratchDatabase make();

  /// Whether the user said where.
  bool is_named() const { return m_options.choice.has_value(); }
  /// What the databases should be like: the target, which is connected to for it.
  const pg::Likeness& like();

  /// Before the first is made: how large what will be run there is.
  void expect(std::uintmax_t script_bytes) { m_script_bytes = script_bytes; }

  /// The version of the server that make() uses. Throws as make() does.
  int major();

  /// For people: where databases were made, if any were, and in what that is not like the target.
  std::vector<std::string> notes() const;

 private:
  void start();
  const std::optional<Target>& target();
  std::optional<pg::ScratchServer::Named> named(const std::optional<Target>& target) const;

  Options m_options;
  FindTarget m_find_target;
  std::optional<Target> m_target;  // once it was asked for
  std::unique_ptr<pg::ScratchServer> m_server;
  std::uintmax_t m_script_bytes = 0;
};

}  // namespace pgmend::app
