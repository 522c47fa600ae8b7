// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "source/sql_script.hpp"

namespace pgmend::source {

/// What a script says beyond its schema, gathered so that each sort of it is one note.
class SkippedStatements {
 public:
  void add_data(const ScriptItem& item);
  /// Reaches beyond the database.
  void add_outside(const ScriptItem& item);
  /// Sets what the server does not know.
  void add_setting(const ScriptItem& item);
  /// Of a role that is not there.
  void add_privilege(const ScriptItem& item, const std::string& role);
  /// Not skipped: made, since the script needs it.
  void add_role(const std::string& role);

  /// For people; `name` is the script's.
  std::vector<std::string> notes(const std::string& name) const;

 private:
  std::map<std::string, std::size_t> m_data;  // by first word
  std::vector<std::string> m_outside;
  std::set<std::string> m_settings;
  std::size_t m_privileges = 0;
  std::set<std::string> m_missing_roles;
  std::set<std::string> m_made_roles;
};

}  // namespace pgmend::source
