// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/compare/expectation.hpp"
#include "model/kind.hpp"

namespace pgmend::app {

/// Narrows what is looked at. Empty lists let everything through; texts are globs.
struct Filter {
  std::vector<std::string> schemas;  // --schema-name
  std::vector<std::string> tables;   // --table, "name" or "schema.name"
  std::vector<std::string> kinds;    // --kind, exact names
  std::vector<std::string> ignore;   // "audit.*", "index:*_old"

  bool lets_all_through() const;
  /// The one schema that is looked at, if it is named and no glob; null: it may be others.
  const std::string* only_schema() const;
  /// Whether the relation is looked at at all.
  bool accepts_relation(const std::string& schema, const std::string& relation) const;
  /// Whether the object is. Owners pass whatever the kinds: without them nothing could be said.
  bool accepts(const Object& object) const;
};

/// Throws SpecError if a kind is unknown, or if a table filter matches none of what is expected.
void check_filter(const Filter& filter, Kinds kinds, const Expectation& expectation);

/// What is left; the same schema where that is all of it, for large ones are dear to copy.
Declarations filtered(Declarations declarations, const Filter& filter);
Schema filtered(const Schema& schema, const Filter& filter);
Schema filtered(Schema&& schema, const Filter& filter);
std::vector<ToolTable> filtered(std::vector<ToolTable> tables, const Filter& filter);
std::shared_ptr<const Schema> of_kinds(const std::shared_ptr<const Schema>& schema, Kinds kinds);
Expectation filtered(const Expectation& expectation, const Filter& filter);

}  // namespace pgmend::app
