// SPDX-License-Identifier: MIT
#include "app/expected/merge_sources.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/errors.hpp"
#include "app/expected/build_schema.hpp"
#include "app/expected/merge_declarations.hpp"
#include "engine/compare.hpp"
#include "engine/second_opinion.hpp"

namespace pgmend::app {

namespace {

constexpr const char* k_hint = "sources that are merged must agree: decide which one is right";
constexpr std::chrono::milliseconds k_merge_lock_timeout{1000};

std::string text_of(const Value& value) {
  return value.is_present() ? fmt::format("`{}`", value.text()) : "nothing";
}

Fault conflict(const Finding& finding, const std::string& first, const std::string& second) {
  const auto& attribute = finding.kind->attributes[*finding.attribute];
  return {.where = {second},
          .what = fmt::format("{} {}", finding.kind->name, display(*finding.kind, finding.name)),
          .message = fmt::format("its {} is {} here and {} in {}", attribute.name,
                                 text_of(finding.actual->values[*finding.attribute]),
                                 text_of(finding.expected->values[*finding.attribute]), first),
          .hint = k_hint};
}

bool counts(const Finding& finding) {
  return finding.attribute && finding.expected && finding.actual &&
         finding.judgement.weight != Weight::information;
}

/// Objects that both sources have must be the same.
void check_agreement(const SourcePart& first, SourcePart& second, const SourceRequest& request,
                     Scratch& scratch) {
  const auto& kinds = second.expectation.kinds;
  const auto& mine = *second.expectation.complete;
  auto comparison = engine::compare(*first.expectation.complete, mine, engine::Extent::partial);
  auto findings = std::move(comparison.findings);
  comparison.lookalikes.clear();  // names that only one of them has
  if (!comparison.doubts.empty()) {
    auto session = session_with(second, request, scratch);
    for (auto& finding :
         engine::second_opinion(session, kinds, mine, comparison, k_merge_lock_timeout,
                                std::min(first.server_major, second.server_major)))
      findings.push_back(std::move(finding));
  }
  std::vector<Fault> faults;
  for (const auto& finding : findings)
    if (counts(finding))
      faults.push_back(conflict(finding, first.expectation.source, second.expectation.source));
  if (!faults.empty()) throw SpecError(std::move(faults));
}

std::shared_ptr<const Schema> united(const Schema& first, const Schema& second,
                                     const std::vector<const Kind*>& kinds) {
  auto schema = std::make_shared<Schema>();
  for (const auto* part : {&first, &second})
    for (auto object : part->objects()) {
      const bool known = std::find(kinds.begin(), kinds.end(), object.kind) != kinds.end();
      if (!known || schema->find(*object.kind, object.name)) continue;
      object.address = {};  // of two databases
      schema->add(std::move(object));
    }
  return schema;
}

}  // namespace

SourcePart merge(SourcePart first, SourcePart second, const SourceRequest& request,
                 Scratch& scratch) {
  const bool first_is_whole = first.expectation.complete != nullptr;
  const bool second_is_whole = second.expectation.complete != nullptr;
  const auto name = fmt::format("{} + {}", first.expectation.source, second.expectation.source);
  if (first_is_whole != second_is_whole)
    throw UsageError(
        fmt::format("{}: one is a whole schema, the other names some objects only", name),
        "write what the pgmend.yaml says as SQL into a file of its own, or run pgmend once for "
        "each");
  SourcePart merged;
  merged.alembic_config = first.alembic_config ? first.alembic_config : second.alembic_config;
  merged.notes = std::move(first.notes);
  merged.notes.insert(merged.notes.end(), second.notes.begin(), second.notes.end());
  merged.expectation.source = name;
  if (!first_is_whole) {
    merged.expectation.kinds = first.expectation.kinds;
    merged.expectation.declarations = merge_declarations(
        std::move(first.expectation.declarations), std::move(second.expectation.declarations));
    return merged;
  }
  if (!second.is_on_top) check_agreement(first, second, request, scratch);
  merged.expectation.kinds = common_kinds(first.expectation, second.expectation);
  merged.expectation.complete =
      united(*first.expectation.complete, *second.expectation.complete, merged.expectation.kinds);
  const auto append = [](auto& all, const auto& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  for (const auto* part : {&first, &second}) {
    append(merged.expectation.not_read_yet, part->expectation.not_read_yet);
    append(merged.expectation.left_to_tools, part->expectation.left_to_tools);
  }
  merged.expectation.is_written_for_its_server =
      first.expectation.is_written_for_its_server || second.expectation.is_written_for_its_server;
  merged.server_major = std::max(first.server_major, second.server_major);
  merged.expectation.server_major =
      std::min(first.expectation.server_major, second.expectation.server_major);
  if (second.is_on_top) merged.scratch = std::move(second.scratch);
  return merged;
}

void check_unchanged(const Schema& before, const Schema& after, const std::string& before_name,
                     const std::string& after_name) {
  std::vector<Fault> faults;
  const auto add = [&](const Object& object, const std::string& what) {
    faults.push_back(
        {.where = {after_name},
         .what = fmt::format("{} {}", object.kind->name, display(*object.kind, object.name)),
         .message = fmt::format("{}, and {} makes it", what, before_name),
         .hint = k_hint});
  };
  for (const auto& object : before.objects()) {
    const auto* still = after.find(*object.kind, object.name);
    if (!still) {
      add(object, "it is dropped here");
      continue;
    }
    for (std::size_t i = 0; i < object.values.size(); ++i)
      if (object.values[i] != still->values[i])
        add(object,
            fmt::format("its {} is made {} here, it was {}", object.kind->attributes[i].name,
                        text_of(still->values[i]), text_of(object.values[i])));
  }
  if (!faults.empty()) throw SpecError(std::move(faults));
}

}  // namespace pgmend::app
