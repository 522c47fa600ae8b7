// SPDX-License-Identifier: MIT
#include "app/compare/expectation.hpp"

#include <algorithm>

#include "model/kind.hpp"
#include "model/spec_error.hpp"

namespace pgmend::app {

namespace {

/// Every database has these from the start.
bool holds_nothing(const Kind& own_kind, const NameView& own) {
  const auto is = [&](std::string_view kind, std::string_view name) {
    return own_kind.name == kind && own.name == name;
  };
  return own_kind.describes || is("schema", "public") || is("extension", "plpgsql");
}

}  // namespace

std::vector<const Kind*> common_kinds(const Expectation& a, const Expectation& b) {
  auto kinds = a.kinds;
  std::erase_if(kinds, [&](const Kind* kind) {
    return std::find(b.kinds.begin(), b.kinds.end(), kind) == b.kinds.end();
  });
  return kinds;
}

void refuse_empty(const Expectation& expectation) {
  const auto& schema = expectation.complete;
  if (!schema) return;
  for (Position at = 0; at < schema->size(); ++at)
    if (!holds_nothing(schema->kind_at(at), schema->name_at(at))) return;
  throw SpecError(Fault{.where = {expectation.source},
                        .message = "it is empty: any database would agree with it",
                        .hint = "is it the right source? were its statements skipped?"});
}

}  // namespace pgmend::app
