// SPDX-License-Identifier: MIT
#include "engine/reading.hpp"

#include <set>

#include "engine/row_reader.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

using Oids = std::set<unsigned>;

std::vector<unsigned> without(std::vector<unsigned> oids, const Oids& but) {
  std::erase_if(oids, [&](unsigned oid) { return but.contains(oid); });
  return oids;
}

std::vector<unsigned> within(std::vector<unsigned> oids, const Oids& these) {
  std::erase_if(oids, [&](unsigned oid) { return !these.contains(oid); });
  return oids;
}

}  // namespace

void Reading::add(const Kind& kind, const LockedAlong& locked_along) {
  auto but = left_out(m_scope.left_out, kind);
  const auto found = locked_along.find(&kind);
  // A part of the scope is narrowed by relations, not by what stands by itself.
  const bool can_be_parted = m_scope.everything || kind.home == Kind::Home::relation;
  if (found == locked_along.end() || found->second.size() < 2 || !can_be_parted)
    return add_rest(kind, std::move(but));
  const Oids unread(but.begin(), but.end());
  const Oids relations(m_scope.relations.begin(), m_scope.relations.end());
  for (const auto& all : found->second) {
    auto part = without(all, unread);
    if (!m_scope.everything) part = within(std::move(part), relations);
    if (!part.empty()) add_part(kind, part);
    but.insert(but.end(), all.begin(), all.end());
  }
  add_rest(kind, std::move(but));
}

void Reading::push(std::string statement, const Kind* kind) {
  m_statements.push_back(std::move(statement));
  m_kinds.push_back(kind);
}

/// What COPY copies has no parameters.
void Reading::push_rows(const Kind& kind, Reach reach, const std::vector<unsigned>& oids) {
  const auto rendered = [&](std::string_view marked) {
    return text::replace_all(render_catalog_query(marked, m_server_major, reach), "$1",
                             sql::quote_literal(oid_array(oids)));
  };
  if (m_scope.is_careful && !kind.caution.empty()) push(rendered(kind.caution));
  push(copy_rows(kind, rendered(kind.catalog_query)), &kind);
}

/// A savepoint that is rolled back lets go of the locks taken since; the snapshot stays.
void Reading::add_part(const Kind& kind, const std::vector<unsigned>& oids) {
  push("SAVEPOINT pgmend");
  push_rows(kind, m_scope.everything ? Reach::only : reach(), oids);
  push("ROLLBACK TO SAVEPOINT pgmend");
  push("RELEASE SAVEPOINT pgmend");
}

void Reading::add_rest(const Kind& kind, std::vector<unsigned> but) {
  if (m_scope.everything || kind.home == Kind::Home::database)
    return push_rows(kind, but.empty() ? Reach::whole : Reach::all_but, but);
  push_rows(kind, reach(),
            kind.home == Kind::Home::relation
                ? without(m_scope.relations, Oids(but.begin(), but.end()))
                : m_scope.schemas);
}

}  // namespace pgmend::engine
