// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/row_reader.hpp"
#include "pg/extension_property.hpp"
#include "util/digest.hpp"

namespace pgmend::engine {

/// What is in a schema, in so few words that thousands of them can be held against each other.
struct Fingerprint {
  Digest digest;
  std::size_t objects = 0;
  std::size_t all_objects = 0;  // with those that do not count

  bool operator==(const Fingerprint& other) const {
    return digest == other.digest && objects == other.objects;
  }
};

/// By the name of the schema; what stands in none is under "".
using Fingerprints = std::map<std::string, Fingerprint, std::less<>>;

struct TallyOptions {
  /// Schemas that differ in nothing but their own names have the same fingerprint.
  bool is_by_shape = true;
  /// A second session may help with what is large.
  bool may_be_shared = true;
  /// What is counted; null: everything.
  std::function<bool(const Kind& kind, const NameView& name)> accepts = nullptr;
};

/// The answer to one statement of a reading, of which nothing is kept but fingerprints: most
/// objects of alike schemas are never looked at.
class RowTally {
 public:
  /// `kind`: null for a statement that returns no objects. `options` lives longer than this.
  /// What is `beside` is passed over; null: nothing is.
  RowTally(const Kind* kind, int server_major, const TallyOptions& options,
           std::shared_ptr<const pg::ExtensionProperty> beside);

  /// A row as copy_rows() has it sent.
  void take(std::string_view text);
  void add_to(Fingerprints& all) const;

 private:
  Digest name_digest(std::string_view schema, std::string_view relation,
                     std::string_view name) const;
  Digest values_digest(std::string_view schema, std::string_view written);
  Digest digest_of(std::string_view schema, const std::vector<Value>& values) const;
  Fingerprint& of(std::string_view schema);

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  const Kind* m_kind;
  const TallyOptions& m_options;
  std::shared_ptr<const pg::ExtensionProperty> m_beside;
  std::optional<RowReader> m_reader;
  Digest m_kind_digest;
  // Of values that do not name their own schema, by their text.
  std::unordered_map<std::string, Digest, Hash, std::equal_to<>> m_alike;
  Fingerprints m_schemas;
  Fingerprints::value_type* m_last = nullptr;  // most rows are of the schema of the last
};

}  // namespace pgmend::engine
