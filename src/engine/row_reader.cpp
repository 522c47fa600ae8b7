// SPDX-License-Identifier: MIT
#include "engine/row_reader.hpp"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "util/copy_row.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

template <typename Number>
Number number(std::string_view digits) {
  Number value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

/// What is rare comes last and all together: an array, or nothing.
std::string copy_rows(const Kind& kind, const std::string& catalog_query) {
  std::string fields = "schema, relation, name, classid, objid, objsubid";
  std::vector<std::string> rare;
  for (const auto& attribute : kind.attributes) {
    if (attribute.is_wish) continue;
    const auto name = sql::quote_ident(attribute.name);
    if (kind.is_rare(attribute))
      rare.push_back(name + "::text");
    else
      fields += ", " + name;
  }
  if (!rare.empty())
    fields += fmt::format(", CASE WHEN has_rare THEN ARRAY[{}]::text END", text::join(rare, ", "));
  return fmt::format("COPY (SELECT {} FROM (\n{}) AS read) TO STDOUT", fields, catalog_query);
}

RowHead RowReader::read_head(std::string_view text) {
  CopyRow row(text);
  const auto next = [&](std::string& room) { return row.next(room).value_or(""); };
  const NameView name{next(m_name[0]), next(m_name[1]), next(m_name[2])};
  const auto classid = number<unsigned>(next(m_room));
  const auto objid = number<unsigned>(next(m_room));
  const auto objsubid = number<int>(next(m_room));
  return {name, {classid, objid, objsubid}, row.rest()};
}

Row RowReader::read(std::string_view text) {
  const auto [name, address, written] = read_head(text);
  return {name, address, values(written)};
}

/// What a server of this version does not have, it says nothing about.
std::vector<Value> RowReader::parse(std::string_view written) {
  CopyRow row(written);
  std::vector<Value> all(m_kind->attributes.size(), Value::absent());
  std::vector<std::size_t> rare;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& attribute = m_kind->attributes[i];
    if (attribute.is_wish) continue;
    if (m_kind->is_rare(attribute))
      rare.push_back(i);
    else if (const auto field = row.next(m_room))
      all[i] = Value::present(std::string(*field));
  }
  if (const auto field = rare.empty() ? std::nullopt : row.next(m_room)) {
    auto values = sql::parse_nullable_array(*field);
    for (std::size_t i = 0; i < rare.size(); ++i)
      if (auto& value = values.at(i)) all[rare[i]] = Value::present(std::move(*value));
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    if (m_kind->attributes[i].since > m_server_major) all[i] = Value::unspecified();
  return all;
}

/// Most rows of a large schema are like one that was read before, but for their names.
Values& RowReader::values(std::string_view written) {
  if (const auto found = m_alike.find(written); found != m_alike.end()) return found->second;
  return m_alike.emplace(written, parse(written)).first->second;
}

}  // namespace pgmend::engine
