// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "source/sql_script.hpp"

namespace pgmend::source {

/// Whether it may be run in one transaction with the statements around it, in their order: what it
/// makes is the same. Most of a schema may.
bool may_share_transaction(const ScriptItem& statement);

/// Whether it only adds to a schema, and whatever it needs or brings along is told by its words:
/// CREATE TABLE, CREATE INDEX, ALTER TABLE … ADD and the like.
bool only_adds(const ScriptItem& statement);

/// Whether some of them speak of what their words do not tell: what belongs to a session, or what
/// changes children along with their parents.
bool hangs_together(std::span<const ScriptItem> statements);

/// The statements (all of which only add) in two halves of which neither has anything to do with
/// the other: no name that stands in one is made or changed in the other, nor may the server have
/// derived it from one. Each half is in the order that it was in. Nothing where they hang together.
struct Halves {
  std::vector<const ScriptItem*> first;
  std::vector<const ScriptItem*> second;
};
std::optional<Halves> in_halves(std::span<const ScriptItem> statements);

}  // namespace pgmend::source
