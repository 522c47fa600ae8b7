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

void leave_out_what_was_not_read(std::vector<Finding>& findings, const Expectation& expectation) {
  const auto& marks = expectation.not_read_yet;
  if (marks.empty()) return;
  std::erase_if(findings, [&](const Finding& finding) {
    if (finding.attribute) return false;
    const auto& object = finding.expected ? *finding.expected : *finding.actual;
    for (std::size_t i = 0; i < object.values.size(); ++i)
      if (object.values[i].is_present() &&
          std::find(marks.begin(), marks.end(), &object.kind->attributes[i]) != marks.end())
        return true;
    return false;
  });
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
