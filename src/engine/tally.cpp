// SPDX-License-Identifier: MIT
#include "engine/tally.hpp"

#include <utility>
#include <vector>

#include "model/schema_mapping.hpp"
#include "util/sql_schema_names.hpp"
#include "util/sql_spelling.hpp"

namespace pgmend::engine {

namespace {

/// Stands for the schema that something is in. No plain name, so that it is quoted wherever it is.
const std::string k_own = "its own";  // NOLINT(cert-err58-cpp)

bool counts(const Attribute& attribute) {
  return !attribute.is_wish && attribute.form != Attribute::Form::directive;
}

}  // namespace

RowTally::RowTally(const Kind* kind, int server_major, const TallyOptions& options,
                   std::shared_ptr<const pg::ExtensionProperty> beside)
    : m_kind(kind), m_options(options), m_beside(std::move(beside)) {
  if (!kind) return;
  m_reader.emplace(*kind, server_major);
  m_kind_digest = Digest(kind->name);
}

void RowTally::take(std::string_view text) {
  const auto [place, address, written] = m_reader->read_head(text);
  if (m_beside && m_beside->covers(place, address)) return;
  const auto& [schema, relation, name] = place;
  auto& print = of(schema);
  ++print.all_objects;
  if (m_options.accepts && !m_options.accepts(*m_kind, place)) return;
  print.digest.add(name_digest(schema, relation, name).then(values_digest(schema, written)));
  ++print.objects;
}

Fingerprint& RowTally::of(std::string_view schema) {
  if (!m_last || m_last->first != schema) {
    auto found = m_schemas.find(schema);
    if (found == m_schemas.end()) found = m_schemas.try_emplace(std::string(schema)).first;
    m_last = &*found;
  }
  return m_last->second;
}

Digest RowTally::name_digest(std::string_view schema, std::string_view relation,
                             std::string_view name) const {
  const auto in_relation = m_kind_digest.then(Digest(relation));
  if (m_options.is_by_shape && m_kind->spelled_out)
    return in_relation.then(Digest(sql::with_schema_in_name(name, std::string(schema), k_own)));
  return in_relation.then(Digest(name));
}

Digest RowTally::values_digest(std::string_view schema, std::string_view written) {
  // Where its name holds quotes, it is written otherwise than it is.
  const bool is_odd = schema.find_first_of("\"'\\") != std::string_view::npos;
  const bool names_own = m_options.is_by_shape && !schema.empty() &&
                         (is_odd || written.find(schema) != std::string_view::npos);
  if (names_own) return digest_of(schema, m_reader->parse(written));
  if (const auto found = m_alike.find(written); found != m_alike.end()) return found->second;
  return m_alike.emplace(written, digest_of("", m_reader->parse(written))).first->second;
}

/// Servers of different versions quote different names.
Digest RowTally::digest_of(std::string_view schema, const std::vector<Value>& values) const {
  Digest all;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& attribute = m_kind->attributes[i];
    if (!counts(attribute) || !values[i].is_present()) continue;
    auto text = values[i].text();
    if (!schema.empty() && may_name_schemas(attribute))
      text = sql::with_schema(text, std::string(schema), k_own);
    if (!attribute.verbatim && text.find('"') != std::string::npos)
      text = sql::without_needless_quotes(text);
    all.add(Digest(attribute.name).then(Digest(text)));
  }
  return all;
}

void RowTally::add_to(Fingerprints& all) const {
  for (const auto& [schema, print] : m_schemas) {
    auto& sum = all[schema];
    sum.digest.unite(print.digest);
    sum.objects += print.objects;
    sum.all_objects += print.all_objects;
  }
}

}  // namespace pgmend::engine
