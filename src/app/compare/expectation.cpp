// SPDX-License-Identifier: MIT
#include "app/compare/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "model/kind.hpp"
#include "model/spec_error.hpp"
#include "util/sql_spelling.hpp"

namespace pgmend::app {

namespace {

/// Every database has these from the start.
bool holds_nothing(const Kind& own_kind, const NameView& own) {
  const auto is = [&](std::string_view kind, std::string_view name) {
    return own_kind.name == kind && own.name == name;
  };
  return own_kind.describes || is("schema", "public") || is("extension", "plpgsql");
}

/// Whether a server has printed it, as it is to be sent.
bool is_printed(const Attribute& attribute) {
  return !attribute.verbatim && attribute.form != Attribute::Form::reference;
}

/// A name as it is, such as that of a schema: it is quoted when it is sent.
bool is_bare_name(const Attribute& attribute, const Value& value) {
  return attribute.form != Attribute::Form::text && sql::is_plain_name(value.text());
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
  const auto source_major = expectation.server_major;
  if (source_major == 0 || server_major == source_major) return complete;
  std::map<std::string, long long> counts;
  // What is to be done to a value, or nothing: most are fit as they are.
  const auto changed = [&](const Attribute& attribute, const Value& value) -> std::optional<Value> {
    if (!value.is_present()) return std::nullopt;
    const auto since = attribute.chosen_otherwise_since;
    if (expectation.is_written_for_its_server && since > 0 &&
        (server_major >= since) != (source_major >= since))
      return Value::unspecified();
    if (!is_printed(attribute) || is_bare_name(attribute, value)) return std::nullopt;
    auto spelled = sql::spelled_for(value.text(), source_major, server_major);
    return spelled ? std::optional(Value::present(std::move(*spelled))) : std::nullopt;
  };
  std::map<Position, Values> changes;
  for (Position at = 0; at < complete->size(); ++at) {
    const auto& kind = complete->kind_at(at);
    const auto& values = complete->values_at(at);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto& attribute = kind.attributes[i];
      auto value = changed(attribute, values[i]);
      if (!value) continue;
      if (!value->is_specified())
        ++counts[fmt::format("{} of {}, which servers choose otherwise since {}", attribute.name,
                             kind.plural, attribute.chosen_otherwise_since)];
      changes.try_emplace(at, values).first->second.set(i, std::move(*value));
    }
  }
  if (changes.empty()) return complete;
  for (const auto& [what, count] : counts) not_compared.push_back({what, count});
  auto schema = std::make_shared<Schema>();
  for (Position at = 0; at < complete->size(); ++at) {
    auto object = complete->objects()[at];
    if (const auto found = changes.find(at); found != changes.end()) object.values = found->second;
    schema->add(std::move(object));
  }
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
