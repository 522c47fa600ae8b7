// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/own_names.hpp"
#include "model/finding.hpp"
#include "model/kind.hpp"
#include "model/ledger.hpp"

/// What migration tools keep for themselves in a database is theirs: it is neither written down nor
/// made nor removed, and whether it is there, and in which shape, is no matter of what the schema
/// should be.
namespace pgmend::app {

/// What of a schema is a tool's own: its version tables, those of its locks and metadata, and what
/// comes and goes with them.
class ToolsOwn {
 public:
  /// `own`: names that the project gives to such tables.
  explicit ToolsOwn(const Schema& all, const std::vector<ledger::OwnName>& own = {});

  bool is_empty() const { return m_tables.empty(); }
  /// The tables, with the tools whose they are.
  std::vector<ToolTable> tables() const;
  /// The table that it is, is part of, fills or describes; null for what is the application's.
  const Object* table_of(const Object& object) const;
  /// The schema that it is or describes, if such a table stands in it; else null.
  const Object* schema_of(const Object& object) const;
  /// Whether it goes where the tables go: also a schema that holds nothing else.
  bool covers(const Object& object) const;

 private:
  void find_sequences();
  const Object* described_by(const Object& object) const;
  const Object* in_whole_schema(const Object& object) const;
  bool holds_nothing_else(const std::string& schema) const;

  struct Table {
    const Object* object;
    std::string tool;
  };
  const Schema& m_all;
  std::map<std::pair<std::string, std::string>, Table> m_tables;
  std::map<const Object*, const Object*> m_sequences;  // with the table that each fills
  std::set<std::string> m_schemas;
  std::map<std::string, const Object*> m_whole_schemas;  // with a table of the tool whose they are
  mutable std::set<std::string> m_shared;  // those in which something else stands as well
  mutable bool m_knows_shared = false;
};

/// A schema without what is a tool's own, and what that was.
struct Applications {
  std::shared_ptr<const Schema> schema;
  std::vector<ToolTable> left_out;
};

/// `all`: that is known by, of which `schema` may be a part.
Applications without_tools_own(const std::shared_ptr<const Schema>& schema, const Schema& all,
                               const std::vector<ledger::OwnName>& own = {});

/// The one rule on what is not expected: what is a tool's own is not told; what only has its name
/// is never removed. All else is drift if `strict`. `actual`: all that was read.
void judge_extras(std::vector<Finding>& findings, const Schema& expected, const Schema& actual,
                  bool strict, const std::vector<ledger::OwnName>& own = {});

}  // namespace pgmend::app
