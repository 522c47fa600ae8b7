// SPDX-License-Identifier: MIT
#include "source/lock_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "app/compare/filter.hpp"
#include "app/expected/sources/sources.hpp"
#include "kinds/kinds.hpp"
#include "util/file.hpp"

namespace pgmend::app {

namespace {

/// The text of the file if it is a lock file.
std::optional<std::string> lock_file_text(const std::string& path,
                                          std::size_t most = std::string::npos) {
  try {
    auto text = file::read_if_exists(path, most);
    if (text && source::is_lock_file(*text)) return text;
  } catch (const std::runtime_error&) {
    // Reading it as another sort of source says what is wrong with it.
  }
  return std::nullopt;
}

}  // namespace

bool is_lock_source(const std::string& source) {
  constexpr std::size_t k_enough = 100;  // bytes, to tell by
  return lock_file_text(source, k_enough).has_value();
}

/// What was not asked for is left out; what was must be in it.
SourcePart read_lock_source(const std::string& source, SourceContext& context) {
  const auto& with = context.request.with;
  auto text = lock_file_text(source).value_or("");
  constexpr std::size_t k_worth_remembering = 50'000;  // bytes: some 1,000 objects
  std::string digest;
  if (text.size() >= k_worth_remembering)
    digest = fmt::format("{} {:016x}", text.size(), std::hash<std::string>()(text));
  auto lock = source::parse_lock_file(std::move(text), source, kinds::all());
  for (const auto& word : with)
    if (std::none_of(lock.kinds.begin(), lock.kinds.end(),
                     [&](const Kind* kind) { return kind->asked_for == word; }))
      throw SpecError(
          Fault{.where = {source},
                .message = fmt::format("it was written without {}", word),
                .hint = fmt::format("write it again: pgmend snapshot --with {} --output {}",
                                    fmt::join(with, ","), source)});
  const auto left_out = std::erase_if(lock.kinds, [&](const Kind* kind) {
    return !kind->asked_for.empty() && !with.contains(std::string(kind->asked_for));
  });
  auto schema = std::make_shared<const Schema>(std::move(lock.schema));
  if (left_out > 0) schema = of_kinds(schema, lock.kinds);
  SourcePart part;
  part.expectation = {source, {}, std::move(schema), std::move(lock.kinds), std::move(digest)};
  part.server_major = lock.server_major;
  return part;
}

}  // namespace pgmend::app
