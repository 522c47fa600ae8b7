// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "model/object.hpp"
#include "pg/connection.hpp"

/// What extensions have in a database beside their members: what stands in a schema that is a
/// member, and relations that their own rows speak of (chunks, partitions, graphs). An extension
/// makes, changes and drops it by its own functions: made by others it would be without effect.
namespace pgmend::pg {

class ExtensionProperty {
 public:
  /// Nothing, where there is none. Asks in the transaction that is open. Throws Error.
  static std::shared_ptr<const ExtensionProperty> read(Connection& connection);

  /// Whether an object of this name and address is an extension's business.
  bool covers(const NameView& name, const Address& address) const;
  /// The relations, by the extension whose they are.
  const std::map<std::string, long long>& counts() const { return m_counts; }

 private:
  void add(const Result& rows);

  std::set<std::string, std::less<>> m_schemas;
  std::set<std::pair<std::string, std::string>, std::less<>> m_relations;
  std::set<unsigned> m_oids;  // of these relations
  std::map<std::string, long long> m_counts;
};

/// An expression that is true where there may be any.
extern const std::string_view k_may_have_extension_property;

}  // namespace pgmend::pg
