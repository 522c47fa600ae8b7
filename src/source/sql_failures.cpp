// SPDX-License-Identifier: MIT
#include "source/sql_failures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "source/sql_sort.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

/// Something it names is not there, or not yet (PostgreSQL documentation, appendix A).
constexpr auto k_missing = std::to_array<std::string_view>({
    "42P01",  // relation
    "42703",  // column
    "42704",  // type, role, collation, …
    "42883",  // function, operator
    "42830",  // the key that a foreign key refers to
    "3F000",  // schema
});

constexpr std::size_t k_listed_consequences = 10;

std::string usual_hint(const ScriptItem& item, const pg::Error& error) {
  if (!error.parts().hint.empty()) return error.parts().hint;
  if (error.is("42601")) return "correct the statement: psql would not take it either";
  if (error.is("22021")) return "the file is not UTF-8: convert it, or SET client_encoding in it";
  if (error.in_class("42") && item.key(0) == "drop")
    return "write DROP ... IF EXISTS: the scratch database begins empty";
  if (error.in_class("42") || error.is("3F000"))
    return "is it made in another file? give that as a source as well";
  return "correct the statement";
}

/// What newer servers know: syntax, what can be combined, parameters, functions.
std::string hint_for(const ScriptItem& item, const pg::Error& error, const Refuser& refuser) {
  if (refuser.if_newer.empty()) return usual_hint(item, error);
  if (error.is("42601") || error.is("0A000") || error.is("22023")) return refuser.if_newer;
  auto hint = usual_hint(item, error);
  if (!error.is("42883")) return hint;
  if (hint.ends_with('.')) hint.pop_back();
  return hint + "; or it is newer: " + refuser.if_newer;
}

Fault fault_of(const ScriptItem& item, const pg::Error& error, const Refuser& refuser) {
  const auto& parts = error.parts();
  auto message = parts.message;
  if (!parts.detail.empty()) message += "\ndetail: " + parts.detail;
  message += "\nin: " + item.beginning();
  return {.where = parts.position > 0 ? place_in(item, parts.position) : item.where,
          .message = std::move(message),
          .hint = hint_for(item, error, refuser)};
}

/// The last name in a message such as `relation "shop.users" does not exist`, without its schema.
std::string missed_name(const pg::Error& error) {
  const std::string_view message = error.what();
  std::string_view name;
  if (const auto open = message.find('"'); open != std::string_view::npos)
    name = message.substr(open + 1, message.find('"', open + 1) - open - 1);
  else if (const auto paren = message.find('('); paren != std::string_view::npos)
    name = message.substr(message.rfind(' ', paren) + 1, paren - message.rfind(' ', paren) - 1);
  return std::string(name.substr(name.rfind('.') + 1));
}

/// The failed statement that would have made what this one misses.
const Failure* cause_of(const Failure& failure, const std::vector<Failure>& all) {
  const auto name = missed_name(failure.error);
  for (const auto& other : all)
    if (&other != &failure && !name.empty() && may_create(*other.item, name)) return &other;
  // What an extension would have brought along cannot be told from its name.
  for (const auto& other : all)
    if (&other != &failure && !created_extension(*other.item).empty() &&
        created_extension(*failure.item).empty())
      return &other;
  return nullptr;
}

/// Through consequences of consequences; two that wait for each other are their own causes.
const Failure* root_of(const Failure& failure, const std::vector<Failure>& all) {
  const auto* root = &failure;
  for (std::size_t steps = 0; steps < all.size(); ++steps) {
    const auto* next = cause_of(*root, all);
    if (!next) return root;
    root = next;
  }
  return &failure;
}

std::string list_below(const std::vector<const Failure*>& consequences) {
  if (consequences.empty()) return "";
  std::string out = "\nwhat hangs on it:";
  for (std::size_t i = 0; i < std::min(consequences.size(), k_listed_consequences); ++i)
    out += fmt::format("\n  {} {}", display(consequences[i]->item->where),
                       consequences[i]->item->beginning());
  if (consequences.size() > k_listed_consequences)
    out += fmt::format("\n  and {} more", consequences.size() - k_listed_consequences);
  return out;
}

Fault extension_fault(const Failure& failure, const Refuser& refuser) {
  const auto name = created_extension(*failure.item);
  auto fault = fault_of(*failure.item, failure.error, refuser);
  fault.message = fmt::format("extension {} cannot be had on {}: {}", name, refuser.server,
                              failure.error.parts().message);
  fault.hint = fmt::format(
      "install it there, or name a server that has it with --scratch URL (--scratch "
      "target: the database's own server), or compile where it is: pgmend compile");
  return fault;
}

}  // namespace

bool is_missing(const pg::Error& error) {
  return std::find(k_missing.begin(), k_missing.end(), error.sqlstate()) != k_missing.end();
}

/// Its messages are asked for in English.
std::optional<std::string> missing_role(const pg::Error& error) {
  constexpr std::string_view k_before = "role \"";
  constexpr std::string_view k_after = "\" does not exist";
  const std::string_view message = error.what();
  if (!error.is("42704") || message.size() < k_before.size() + k_after.size() ||
      !message.starts_with(k_before) || !message.ends_with(k_after))
    return std::nullopt;
  return std::string(
      message.substr(k_before.size(), message.size() - k_before.size() - k_after.size()));
}

Refuser refuser_for(int wanted, int major, const std::string& server) {
  if (major >= wanted) return {server, ""};
  return {server,
          fmt::format("the database is PostgreSQL {0}, and this was {1}: name the folder of "
                      "the programs of {0} in PGMEND_PG_BIN, or a server with --scratch URL",
                      wanted, server)};
}

void fail_statement(const ScriptItem& item, const pg::Error& error, const Refuser& refuser) {
  throw SpecError(fault_of(item, error, refuser));
}

void throw_failures(const std::vector<Failure>& failures, const Refuser& refuser) {
  std::vector<Fault> faults;
  for (const auto& failure : failures) {
    if (root_of(failure, failures) != &failure) continue;
    std::vector<const Failure*> consequences;
    for (const auto& other : failures)
      if (&other != &failure && root_of(other, failures) == &failure)
        consequences.push_back(&other);
    auto fault = created_extension(*failure.item).empty()
                     ? fault_of(*failure.item, failure.error, refuser)
                     : extension_fault(failure, refuser);
    fault.message += list_below(consequences);
    faults.push_back(std::move(fault));
  }
  throw MissingError(std::move(faults));
}

}  // namespace pgmend::source
