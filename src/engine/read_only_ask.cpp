// SPDX-License-Identifier: MIT
#include "engine/read_only_ask.hpp"

#include <fmt/format.h>

#include "engine/declared_twin.hpp"
#include "engine/type_prefix.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// The short form states the whole object: what its text does not name is not to be there, if a
/// text could name it.
void state_all(Object& object) {
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const auto& attribute = object.kind->attributes[i];
    if (attribute.form != Attribute::Form::directive && !attribute.only_if_stated)
      object.values.set(i, Value::absent());
  }
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
      if (!settled)
        answer.unasked.push_back(
            {object, reason,
             "run as a role that has the right TEMP on the database, on the primary server"});
      answer.expected.add(std::move(object));
    }
  }
}

}  // namespace pgmend::engine
