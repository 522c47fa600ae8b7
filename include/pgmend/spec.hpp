// SPDX-License-Identifier: MIT
#pragma once

#include <list>
#include <string>
#include <vector>

#include "pgmend/where.hpp"

namespace pgmend::api {

/// What a table must have. Texts are SQL as PostgreSQL reads it; names are taken as they are,
/// nothing is folded to lower case. What is not named is not looked at.
class Table {
 public:
  struct Part {
    std::string section;  // "columns", "indexes" or "constraints"
    std::string name;
    std::string definition;
    std::string backfill;
    Where where;
  };

  explicit Table(std::string name, const Where& where = Where::current());

  /// `definition`: what would follow ADD COLUMN name. `backfill`: an SQL expression for existing
  /// rows that hold NULL; empty: none.
  Table& column(std::string name, std::string definition, std::string backfill = {},
                const Where& where = Where::current());
  /// `definition`: what would follow CREATE INDEX name ON table; UNIQUE may stand first.
  Table& index(std::string name, std::string definition, const Where& where = Where::current());
  /// `definition`: what would follow ADD CONSTRAINT name.
  Table& constraint(std::string name, std::string definition,
                    const Where& where = Where::current());
  /// Create the table when it is missing. Otherwise that is left to the migrations.
  Table& create_if_missing();

  const std::string& name() const { return m_name; }
  const Where& where() const { return m_where; }
  const std::vector<Part>& parts() const { return m_parts; }
  bool is_created() const { return m_is_created; }

 private:
  std::string m_name;
  Where m_where;
  std::vector<Part> m_parts;
  bool m_is_created = false;
};

/// Expected objects, built in code. Errors in it name the place in the code. Copies are cheap
/// enough to pass around; nothing is connected to or read before verify or ensure.
class Spec {
 public:
  /// The table of that name, "name" or "schema.name"; made at the first call. The reference stays
  /// valid as long as the spec does.
  Table& table(const std::string& name, const Where& where = Where::current());

  const std::list<Table>& tables() const { return m_tables; }

 private:
  std::list<Table> m_tables;
};

/// An expected schema that is written elsewhere: what `--schema` takes, such as a pgmend.yaml, a
/// lock file or the URL of a database.
struct Source {
  std::string name;
};

}  // namespace pgmend::api
