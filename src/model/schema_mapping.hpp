// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/declaration.hpp"
#include "model/kind.hpp"
#include "model/object.hpp"

namespace pgmend {

/// One schema's objects as those of another: what is expected of one tenant serves for all of them.
/// What is said of other schemas stays as it is.
class SchemaMapping {
 public:
  SchemaMapping(std::string from, std::string to) : m_from(std::move(from)), m_to(std::move(to)) {}

  /// The objects that stand in the schema, and only those.
  Schema map(const Schema& schema) const;
  /// The relations that stand in the schema, and only those. Names without a schema are then looked
  /// up in the other one.
  Declarations map(Declarations declarations) const;
  Name map(const Kind& kind, Name name) const;

 private:
  Object map(Object object) const;
  Values map(const Kind& kind, const Values& values) const;
  void rename_itself(Object& object) const;

  std::string m_from;
  std::string m_to;
};

/// Whether names in such a text are qualified by schemas.
bool may_name_schemas(const Attribute& attribute);

}  // namespace pgmend
