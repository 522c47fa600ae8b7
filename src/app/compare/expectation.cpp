// SPDX-License-Identifier: MIT
#include "app/compare/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

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

std::shared_ptr<const Schema> as_written_for(const Expectation& expectation, int server_major,
                                             std::vector<Unmodelled>& not_compared) {
  const auto& complete = expectation.complete;
  if (!expectation.is_written_for_its_server || server_major == expectation.server_major)
    return complete;
  const auto is_left_out = [&](const Attribute& attribute) {
    const auto since = attribute.chosen_otherwise_since;
    return since > 0 && (server_major >= since) != (expectation.server_major >= since);
  };
  std::map<std::string, long long> counts;
  auto schema = std::make_shared<Schema>();
  for (auto object : complete->objects()) {
    for (std::size_t i = 0; i < object.values.size(); ++i) {
      const auto& attribute = object.kind->attributes[i];
      if (!object.values[i].is_present() || !is_left_out(attribute)) continue;
      object.values.set(i, Value::unspecified());
      ++counts[fmt::format("{} of {}, which servers choose otherwise since {}", attribute.name,
                           object.kind->plural, attribute.chosen_otherwise_since)];
    }
    schema->add(std::move(object));
  }
  if (counts.empty()) return complete;
  for (const auto& [what, count] : counts) not_compared.push_back({what, count});
  return schema;
}

void refuse_empty(const Expectation& expectation) {
  const auto& schema = expectation.complete;
  if (!schema || expectation.may_be_empty) return;
  for (Position at = 0; at < schema->size(); ++at)
    if (!holds_nothing(schema->kind_at(at), schema->name_at(at))) return;
  throw SpecError(Fault{.where = {expectation.source},
                        .message = "it is empty: any database would agree with it",
                        .hint = "is it the right source? were its statements skipped? if it is "
                                "meant: --even-if-empty"});
}

}  // namespace pgmend::app
