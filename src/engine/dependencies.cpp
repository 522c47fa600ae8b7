// SPDX-License-Identifier: MIT
#include "engine/dependencies.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "engine/catalog_query.hpp"
#include "model/kind.hpp"

namespace pgmend::engine {

namespace {

/// Objects of a database, as opposed to those that initdb makes (FirstNormalObjectId).
constexpr unsigned k_first_own_oid = 16384;
/// Parts of parts of parts: no chain in the catalogs is longer.
constexpr int k_deepest = 6;

struct Edge {
  Address from;
  Address to;
  bool is_part;    // an internal, automatic or member's dependency: `from` goes where `to` goes
  bool is_member;  // of an extension
  bool is_piece;   // `from` is what `to` is in a partition: it goes there, and only there
};

unsigned oid(const pg::Result& result, int row, int field) {
  return static_cast<unsigned>(result.integer(row, field));
}

/// By the number of its first field: there are as many rows as all objects have parts.
Address address_at(const pg::Result& result, int row, int field) {
  return {oid(result, row, field), oid(result, row, field + 1),
          static_cast<int>(result.integer(row, field + 2))};
}

std::vector<Edge> read_edges(pg::Connection& connection, const Schema& schema, bool whole) {
  std::set<unsigned> classes;  // by which the catalog is sorted, before the oids
  std::vector<unsigned> oids;
  if (!whole)
    for (const auto& object : schema.objects()) {
      classes.insert(object.address.classid);
      oids.push_back(object.address.objid);
    }
  const auto result = connection.query(
      fmt::format("SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype "
                  "FROM pg_catalog.pg_depend WHERE {} AND deptype IN ('n', 'a', 'i', 'e', 'P')",
                  whole ? fmt::format("objid >= {}", k_first_own_oid)
                        : fmt::format("classid = ANY ('{{{}}}'::oid[]) "
                                      "AND objid = ANY ('{{{}}}'::oid[])",
                                      fmt::join(classes, ","), fmt::join(oids, ","))));
  std::vector<Edge> edges;
  for (int row = 0; row < result.rows(); ++row)
    edges.push_back({address_at(result, row, 0), address_at(result, row, 3),
                     result.get(row, 6) != "n", result.get(row, 6) == "e",
                     result.get(row, 6) == "P"});
  return edges;
}

/// What the kinds themselves know to be part of their objects.
std::vector<Edge> read_parts(pg::Connection& connection, const Schema& schema) {
  std::set<const Kind*> kinds;
  for (const auto& object : schema.objects())
    if (!object.kind->parts_query.empty()) kinds.insert(object.kind);
  std::vector<Edge> parts;
  for (const auto* kind : kinds) {
    const auto result = connection.query(
        render_catalog_query(kind->parts_query, connection.server_major(), Reach::whole));
    const auto classid = result.field_number("classid");
    const auto objid = result.field_number("objid");
    const auto wholeclassid = result.field_number("wholeclassid");
    const auto wholeobjid = result.field_number("wholeobjid");
    for (int row = 0; row < result.rows(); ++row)
      parts.push_back({{oid(result, row, classid), oid(result, row, objid), 0},
                       {oid(result, row, wholeclassid), oid(result, row, wholeobjid), 0},
                       true,
                       false,
                       false});
  }
  return parts;
}

/// Finds the object that an address is, or is part of.
class Wholes {
 public:
  Wholes(const Schema& schema, const std::vector<Edge>& parts, const std::vector<Edge>& edges)
      : m_schema(schema) {
    for (const auto& part : parts) m_whole.try_emplace(part.from, part.to);
    for (const auto& edge : edges)
      if (edge.is_piece) m_whole.try_emplace(edge.from, edge.to);
    for (const auto& edge : edges)
      if (edge.is_part) m_whole.try_emplace(edge.from, edge.to);
    for (const auto& edge : edges)
      if (edge.is_member) m_members.insert(edge.from);
  }

  /// Whether it is, or is part of, what an extension came with: what that rests on, the extension
  /// says itself. A part may rest on what several extensions came with.
  bool is_in_extension(Address address) const {
    for (int depth = 0; depth < k_deepest; ++depth) {
      if (m_members.contains(address)) return true;
      const auto whole = m_whole.find(address);
      if (whole == m_whole.end() || at(address)) return false;
      address = whole->second;
    }
    return false;
  }

  const Object* of(Address address) const {
    for (int depth = 0; depth < k_deepest; ++depth) {
      if (const auto* object = at(address)) return object;
      if (address.objsubid != 0)
        if (const auto* object = at({address.classid, address.objid, 0})) return object;
      auto whole = m_whole.find(address);
      if (whole == m_whole.end()) whole = m_whole.find({address.classid, address.objid, 0});
      if (whole == m_whole.end()) return nullptr;
      address = whole->second;
    }
    return nullptr;
  }

 private:
  /// What only says something of what has this address is not what has it.
  const Object* at(const Address& address) const {
    const auto* object = m_schema.find(address);
    return object && !object->kind->describes ? object : nullptr;
  }

  const Schema& m_schema;
  std::map<Address, Address> m_whole;
  std::set<Address> m_members;
};

/// What has the address of another object says something of that.
void depend_on_what_is_described(Schema& schema, const Wholes& wholes) {
  for (const auto& object : schema.objects())
    if (const auto* described = wholes.of(object.address); described && described != &object)
      schema.add_dependency(schema.position_of(object), {described->kind, described->name});
}

}  // namespace

void read_dependencies(pg::Connection& connection, Schema& schema, bool whole) {
  const auto edges = read_edges(connection, schema, whole);
  const Wholes wholes(schema, read_parts(connection, schema), edges);
  std::set<Address> pieces;
  for (const auto& edge : edges)
    if (edge.is_piece) pieces.insert(edge.from);
  for (const auto& edge : edges) {
    if (edge.is_piece || wholes.is_in_extension(edge.from)) continue;
    const auto* from = wholes.of(edge.from);
    // What it goes with in its partition, its whole does not rest on.
    if (edge.is_part && from && pieces.contains(edge.from) && from->address != edge.from) continue;
    const auto* to = wholes.of(edge.to);
    if (!from || !to || from == to) continue;
    // Parts of one relation come and go with it; whether they need each other is another question.
    if (from->is_part_of(*to) || to->is_part_of(*from)) continue;
    schema.add_dependency(schema.position_of(*from), {to->kind, to->name, edge.is_part});
  }
  depend_on_what_is_described(schema, wholes);
}

}  // namespace pgmend::engine
