// SPDX-License-Identifier: MIT
#include "app/run/overloads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "kinds/kinds.hpp"
#include "kinds/support/routine.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

/// The types of its arguments: "integer, \"a, b\"" are two.
std::vector<std::string> argument_types(const Object& function) {
  return sql::split_outside_quotes(function.text("types"), ',');
}

std::size_t defaults_of(const Object& function) {
  return function.has("defaults") ? std::stoul(function.text("defaults")) : 0;
}

/// The fewest arguments with which a call fits both; nothing if none does.
std::optional<std::size_t> shared_call(const Object& a, const Object& b) {
  const auto types = argument_types(a);
  const auto others = argument_types(b);
  const auto fewest = std::max(types.size() - std::min(defaults_of(a), types.size()),
                               others.size() - std::min(defaults_of(b), others.size()));
  if (fewest > std::min(types.size(), others.size())) return std::nullopt;
  const auto end = types.begin() + static_cast<std::ptrdiff_t>(fewest);
  return std::equal(types.begin(), end, others.begin()) ? std::optional(fewest) : std::nullopt;
}

}  // namespace

std::vector<std::string> overload_notes(const Plan& plan, const std::vector<Finding>& findings,
                                        const Schema& actual) {
  std::vector<std::string> notes;
  for (const auto& step : plan.steps())
    for (const auto position : step.findings) {
      const auto& finding = findings[position];
      if (finding.kind != &kinds::k_function || finding.attribute || finding.actual) continue;
      const auto& made = *finding.expected;
      for (const auto& other : actual.objects()) {
        if (other.kind != finding.kind || other.name == made.name ||
            kinds::routine_name(other) != kinds::routine_name(made))
          continue;
        if (const auto arguments = shared_call(made, other))
          notes.push_back(fmt::format(
              "with function {} there, calls with {} that now run {} are ambiguous: the server "
              "refuses them",
              display(*made.kind, made.name), text::count(*arguments, "argument"),
              display(*other.kind, other.name)));
      }
    }
  return notes;
}

}  // namespace pgmend::app
