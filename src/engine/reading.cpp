// SPDX-License-Identifier: MIT
#include "engine/reading.hpp"

#include <set>

#include "engine/catalog_query.hpp"

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

void Reading::push(pg::Statement statement, const Kind* kind) {
  m_statements.push_back(std::move(statement));
  m_kinds.push_back(kind);
}

/// A savepoint that is rolled back lets go of the locks taken since; the snapshot stays.
void Reading::add_part(const Kind& kind, const std::vector<unsigned>& oids) {
  const auto reach = m_scope.everything ? Reach::only : Reach::some;
  push({"SAVEPOINT pgmend"}, nullptr);
  push({render_catalog_query(kind.catalog_query, m_server_major, reach), {oid_array(oids)}}, &kind);
  push({"ROLLBACK TO SAVEPOINT pgmend"}, nullptr);
  push({"RELEASE SAVEPOINT pgmend"}, nullptr);
}

void Reading::add_rest(const Kind& kind, std::vector<unsigned> but) {
  auto reach = but.empty() ? Reach::whole : Reach::all_but;
  auto oids = std::move(but);
  if (!m_scope.everything && kind.home != Kind::Home::database) {
    reach = Reach::some;
    oids = kind.home == Kind::Home::relation
               ? without(m_scope.relations, Oids(oids.begin(), oids.end()))
               : m_scope.schemas;
  }
  pg::Statement query{render_catalog_query(kind.catalog_query, m_server_major, reach)};
  if (reach != Reach::whole) query.parameters.emplace_back(oid_array(oids));
  push(std::move(query), &kind);
}

}  // namespace pgmend::engine
