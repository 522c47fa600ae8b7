// SPDX-License-Identifier: MIT
#include "engine/row_reader.hpp"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

template <typename Number>
Number number(std::string_view digits) {
  Number value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

std::string copy_rows(const Kind& kind, const std::string& catalog_query) {
  std::string fields = "schema, relation, name, classid, objid, objsubid";
  for (const auto& attribute : kind.attributes)
    fields += ", " + (attribute.is_wish ? "NULL" : sql::quote_ident(attribute.name));
  return fmt::format("COPY (SELECT {} FROM (\n{}) AS read) TO STDOUT", fields, catalog_query);
}

Row RowReader::read(std::string_view text) {
  CopyRow row(text);
  const auto next = [&](std::string& room) { return row.next(room).value_or(""); };
  const NameView name{next(m_name[0]), next(m_name[1]), next(m_name[2])};
  const auto classid = number<unsigned>(next(m_room));
  const auto objid = number<unsigned>(next(m_room));
  const auto objsubid = number<int>(next(m_room));
  return {name, {classid, objid, objsubid}, values(row)};
}

/// Most rows of a large schema are like one that was read before, but for their names. What a
/// server of this version does not have, it says nothing about.
Values& RowReader::values(CopyRow& row) {
  const auto written = row.rest();
  if (const auto found = m_alike.find(written); found != m_alike.end()) return found->second;
  std::vector<Value> all;
  all.reserve(m_kind->attributes.size());
  for (const auto& attribute : m_kind->attributes) {
    const auto field = row.next(m_room);
    if (attribute.since > m_server_major)
      all.push_back(Value::unspecified());
    else
      all.push_back(field ? Value::present(std::string(*field)) : Value::absent());
  }
  return m_alike.emplace(written, std::move(all)).first->second;
}

}  // namespace pgmend::engine
