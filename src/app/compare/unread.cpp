// SPDX-License-Identifier: MIT
#include "app/compare/unread.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "kinds/catalogs/locked_along.hpp"
#include "ledger/tools.hpp"

namespace pgmend::app {

namespace {

using engine::Unread;

constexpr const char* k_hint = "run again when that transaction has ended";

std::string is_locked(std::string_view what, const Unread& unread) {
  return fmt::format("{} is locked (ACCESS EXCLUSIVE, which blocks reads and writes) by {}", what,
                     unread.holder);
}

std::string why(const Unread& unread) {
  return is_locked(unread.kind ? unread.held + ", which it reads," : "it", unread);
}

Finding unconfirmed(const Kind& kind, Name name, const SourceLocation& where,
                    const std::string& reason) {
  Finding finding;
  finding.kind = &kind;
  finding.name = std::move(name);
  finding.where = where;
  finding.judgement = {.sort = Sort::different,
                       .consent = Consent::never,
                       .weight = Weight::unconfirmed,
                       .reason = reason,
                       .hint = k_hint};
  return finding;
}

const Kind& kind_of(Kinds kinds, const Section* section) {
  return **std::find_if(kinds.begin(), kinds.end(),
                        [&](const Kind* kind) { return kind->section == section; });
}

/// The relation itself where that is expected, else the first that was expected of it.
Finding not_checked(const std::vector<const Object*>& objects, const Unread& unread) {
  const auto* first = objects.front();
  for (const auto* object : objects)
    if (object->is_relation()) first = object;
  auto finding = unconfirmed(*first->kind, first->name, first->where, why(unread));
  if (const auto more = objects.size() - 1; more > 0)
    finding.judgement.hint = fmt::format("{} that belong{} to it {} not checked either; {}",
                                         more == 1 ? "1 object" : fmt::format("{} objects", more),
                                         more == 1 ? "s" : "", more == 1 ? "was" : "were", k_hint);
  return finding;
}

}  // namespace

Declarations without_unread(Declarations declarations, const std::vector<Unread>& unread,
                            Kinds kinds, std::vector<Finding>& findings) {
  std::erase_if(declarations.relations, [&](const Declarations::Relation& relation) {
    const auto& self = relation.self;
    const auto found = std::find_if(unread.begin(), unread.end(), [&](const Unread& each) {
      return !each.kind && each.schema == self.name.schema && each.group == self.name.name;
    });
    if (found == unread.end()) return false;
    findings.push_back(
        unconfirmed(kind_of(kinds, self.section), self.name, self.where, why(*found)));
    return true;
  });
  return declarations;
}

std::shared_ptr<const Schema> without_unread(const std::shared_ptr<const Schema>& expected,
                                             const std::vector<Unread>& unread,
                                             std::vector<Finding>& findings) {
  if (unread.empty()) return expected;
  std::vector<std::vector<const Object*>> covered(unread.size());
  auto rest = std::make_shared<Schema>();
  for (const auto& object : expected->objects()) {
    const auto by = std::find_if(unread.begin(), unread.end(),
                                 [&](const Unread& each) { return each.covers(object); });
    if (by == unread.end())
      rest->add(object);
    else
      covered[static_cast<std::size_t>(by - unread.begin())].push_back(&object);
  }
  for (std::size_t i = 0; i < unread.size(); ++i)
    if (!covered[i].empty()) findings.push_back(not_checked(covered[i], unread[i]));
  return rest;
}

void add_unexpected(const Schema& expected, const std::vector<Unread>& unread, Kinds kinds,
                    const Filter& filter, std::vector<Finding>& findings) {
  // It could be anything that stands by itself; the first such kind stands for all.
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [](const Kind* candidate) {
    return candidate->home == Kind::Home::relation && candidate->owner.empty();
  });
  for (const auto& each : unread) {
    Object object;
    object.kind = *kind;
    object.name = {each.schema, "", each.group};
    if (each.kind || !ledger::tool_of_name(each.group).empty() ||
        expected.relation(each.schema, each.group) ||
        !filter.accepts_relation(each.schema, each.group) || !filter.accepts(object))
      continue;
    findings.push_back(unconfirmed(**kind, object.name, {},
                                   "it is not expected, and could not be looked at: " + why(each)));
  }
}

UnverifiedError unread_error(const Unread& unread) {
  return UnverifiedError(is_locked(unread.held, unread), k_hint);
}

UnverifiedError unverified(pg::Connection& connection, const pg::Error& error) {
  if (error.is_lock_conflict() && connection.is_alive())
    if (const auto unread = engine::find_unread(connection, {}, kinds::k_locked_along_query);
        !unread.empty())
      return unread_error(unread.front());
  return UnverifiedError(error);
}

}  // namespace pgmend::app
