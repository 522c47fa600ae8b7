// SPDX-License-Identifier: MIT
#include "engine/read_only_ask.hpp"

#include <fmt/format.h>

#include "engine/declared_twin.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// The first `characters` characters of UTF-8 text.
std::string_view first_characters(std::string_view s, std::size_t characters) {
  std::size_t bytes = 0;
  for (; bytes < s.size(); ++bytes)
    if ((static_cast<unsigned char>(s[bytes]) & 0xC0U) != 0x80U && characters-- == 0) break;
  return s.substr(0, bytes);
}

struct TypePrefix {
  std::string type;    // as the server prints it
  bool whole = false;  // the text says nothing beyond
};

/// The type that `text` begins with. The server is the parser: where it stumbles over what follows
/// the type, its error says where that is.
std::optional<TypePrefix> type_prefix(pg::Connection& connection, std::string_view text) {
  constexpr std::string_view k_head = "SELECT (NULL::";
  std::string_view tried = text;
  while (!text::trim(tried).empty()) {
    try {
      const pg::Savepoint scope(connection);
      const auto null = connection.query(fmt::format(
          "{0}{1}\n) AS v, pg_catalog.pg_typeof(NULL::{1}\n)::oid AS declared", k_head, tried));
      // A domain is described as its base type; pg_typeof knows better.
      const auto declared = static_cast<unsigned>(null.integer(0, "declared"));
      const int modifier = declared == null.field_type(0) ? null.field_modifier(0) : -1;
      const auto type = connection.query("SELECT pg_catalog.format_type($1::oid, $2::int) AS type",
                                         {std::to_string(declared), std::to_string(modifier)});
      return TypePrefix{type.str(0, "type"), tried.size() == text.size()};
    } catch (const pg::Error& error) {
      const auto head = static_cast<int>(k_head.size());
      if (!error.is("42601") || error.parts().position <= head + 1) return std::nullopt;
      const auto shorter =
          first_characters(tried, static_cast<std::size_t>(error.parts().position - 1 - head));
      if (shorter.size() >= tried.size()) return std::nullopt;
      tried = shorter;
    }
  }
  return std::nullopt;
}

/// The short form states the whole object: what its text does not name is not to be there.
void state_all(Object& object) {
  for (std::size_t i = 0; i < object.values.size(); ++i)
    if (object.kind->attributes[i].form != Attribute::Form::directive)
      object.values[i] = Value::absent();
}

/// Fills in what is known of the object; true if nothing is left open.
bool fill_in(pg::Connection& connection, const Declared& declared, Object& object) {
  const auto attribute = declared.section->readable_attribute;
  if (attribute.empty()) return false;
  const auto* part = declared.part("definition");
  if (!part) part = declared.part(attribute);
  if (!part) return false;
  const auto found = type_prefix(connection, part->text);
  if (!found) return false;
  if (found->whole && declared.is_short()) state_all(object);
  object.set(attribute, Value::present(found->type));
  return found->whole && declared.parts.size() == 1;
}

}  // namespace

void ask_read_only(pg::Connection& connection, Kinds kinds,
                   const std::vector<const Declarations::Relation*>& relations,
                   const std::vector<std::string>& search_path, const std::string& reason,
                   Answer& answer) {
  pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
  for (const auto* relation : relations) {
    std::vector<std::string> path = {sql::quote_ident(relation->self.name.schema)};
    for (const auto& schema : search_path) path.push_back(sql::quote_ident(schema));
    for (const auto& declared : relation->parts) {
      auto object = bare_object(kinds, declared);
      snapshot.set_search_path(text::join(path, ", "));
      const bool settled = fill_in(connection, declared, object);
      if (!settled) answer.unasked.push_back({object, reason});
      answer.expected.add(std::move(object));
    }
  }
}

}  // namespace pgmend::engine
