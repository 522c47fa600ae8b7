// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/finding.hpp"
#include "model/kind.hpp"
#include "model/ledger.hpp"

/// What migration tools keep for themselves in a database is theirs: it is neither made nor
/// removed, and whether it is there is no matter of what the schema should be.
namespace pgmend::app {

/// What of a schema is a tool's own: its version tables, those of its locks and metadata, and what
/// comes and goes with them.
class ToolsOwn {
 public:
  /// `ledgers`: whose tables are among them as well.
  explicit ToolsOwn(const Schema& all, const std::vector<Ledger>& ledgers = {});

  /// The table that it is, is part of, fills or describes; null for what is the application's.
  const Object* table_of(const Object& object) const;
  /// The schema that it is or describes, if such a table stands in it; else null.
  const Object* schema_of(const Object& object) const;

 private:
  void find_sequences();
  const Object* described_by(const Object& object) const;
  const Object* in_whole_schema(const Object& object) const;

  const Schema& m_all;
  std::map<std::pair<std::string, std::string>, const Object*> m_tables;
  std::map<const Object*, const Object*> m_sequences;  // with the table that each fills
  std::set<std::string> m_schemas;
  std::map<std::string, const Object*> m_whole_schemas;  // with a table of the tool whose they are
};

/// A version table that is expected and not there.
struct AbsentBooks {
  std::string tool;
  Name table;
};

/// What is expected, without what is a tool's own and not there: an empty version table says that
/// no migration has run. `all`: all that is expected, also what is not looked at.
std::shared_ptr<const Schema> without_absent_books(const std::shared_ptr<const Schema>& expected,
                                                   const Schema& all, const Schema& actual,
                                                   std::vector<AbsentBooks>& absent);

/// The one rule on what is not expected: what is a tool's own is left alone and, unless it stands
/// at a table that is expected, not even told. All else is drift if `strict`. `actual`: all that
/// was read; `ledgers`: of version tables that were found there.
void judge_extras(std::vector<Finding>& findings, const Schema& expected, const Schema& actual,
                  bool strict, const std::vector<Ledger>& ledgers = {});

}  // namespace pgmend::app
