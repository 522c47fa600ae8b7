// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/database/session.hpp"

namespace pgmend::app {

/// How members are chosen: a glob, a regular expression between slashes, or a query (SELECT, WITH)
/// whose first column names them.
struct Choice {
  enum class Form { glob, regex, query };
  Form form = Form::glob;
  std::string text;

  static Choice parse(const std::string& text);
  /// Whether each one is named, so that it should be there.
  bool is_by_name() const;
};

/// Stands for the member in --map.
inline constexpr std::string_view k_tenant = "TENANT";

/// What the members of one group are, and where.
struct MemberRequest {
  std::string group;
  std::optional<std::string> schemas;
  std::optional<std::string> databases;
  std::optional<std::string> urls;                // a file, - for stdin, or a query
  std::vector<std::string> except;                // globs
  std::string schema_of = std::string(k_tenant);  // "app_TENANT"
  ConnectionRequest connection;                   // to what holds them, or is asked for them
};

/// One of them.
struct Listed {
  std::string name;
  std::string schema;  // empty: all of the database
  ConnectionRequest connection;
  std::string place;   // the same for those that are in one database
  std::string server;  // the same for those that are on one server
  std::string dbname;
  bool is_there = true;
};

/// Asks who they are. Throws UsageError where nobody is, where one is named twice, and for a choice
/// that the server does not take; UnverifiedError where the server cannot be asked.
std::vector<Listed> list_members(const MemberRequest& request);

}  // namespace pgmend::app
