// SPDX-License-Identifier: MIT
#include "source/lock_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "app/compare/filter.hpp"
#include "app/expected/sources/sources.hpp"
#include "kinds/kinds.hpp"
#include "util/cache_folder.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

/// A damaged first line does not hide those behind it.
bool has_headings(std::string_view text) {
  const auto format = text.find("\nformat ");
  return format != std::string_view::npos &&
         text.find("\nserver ", format) != std::string_view::npos;
}

/// The text of the file if it is a lock file.
std::optional<std::string> lock_file_text(const std::string& path, std::size_t most) {
  try {
    auto text = file::read_if_exists(path, most);
    if (text && (source::is_lock_file(*text) || has_headings(*text))) return text;
  } catch (const std::runtime_error&) {
    // Reading it as another sort of source says what is wrong with it.
  }
  return std::nullopt;
}

std::string read(const std::string& path) {
  try {
    return file::read_if_exists(path).value_or("");
  } catch (const std::runtime_error&) {
    throw SpecError(Fault{
        .where = {path}, .message = "it cannot be read", .hint = "check the file's permissions"});
  }
}

}  // namespace

/// By its first line, or by its name: one whose first line is damaged is still meant to be one.
bool is_lock_source(const std::string& source) {
  constexpr std::size_t k_enough = 200;  // bytes, to tell by
  const std::filesystem::path path(source);
  std::error_code error;
  if (path.extension() == ".lock" && std::filesystem::is_regular_file(path, error)) return true;
  return lock_file_text(source, k_enough).has_value();
}

/// What was not asked for is left out; what was must be in it.
SourcePart read_lock_source(const std::string& source, SourceContext& context) {
  const auto& with = context.request.with;
  auto text = read(source);
  if (context.made_of) context.made_of->add_text(source, cache::digest(text));
  if (!source::is_lock_file(text))
    throw SpecError(Fault{.where = {source, 1},
                          .message = text.empty()
                                         ? "the lock file is empty"
                                         : "the lock file is damaged: its first line is not "
                                           "that of one",
                          .hint = "take it from version control again, or write a new one: pgmend "
                                  "snapshot --output " +
                                  text::shell_word(source)});
  constexpr std::size_t k_worth_remembering = 50'000;  // bytes: some 1,000 objects
  std::string digest;
  if (text.size() >= k_worth_remembering) digest = cache::digest(text);
  auto lock = source::parse_lock_file(std::move(text), source, kinds::all());
  for (const auto& word : with)
    if (std::none_of(lock.kinds.begin(), lock.kinds.end(),
                     [&](const Kind* kind) { return kind->asked_for == word; }))
      throw SpecError(
          Fault{.where = {source},
                .message = fmt::format("it was written without {}", word),
                .hint = fmt::format("write it again: pgmend snapshot --with {} --output {}",
                                    fmt::join(with, ","), text::shell_word(source))});
  const auto left_out = std::erase_if(lock.kinds, [&](const Kind* kind) {
    return !kind->asked_for.empty() && !with.contains(std::string(kind->asked_for));
  });
  auto schema = std::make_shared<const Schema>(std::move(lock.schema));
  if (left_out > 0) schema = of_kinds(schema, lock.kinds);
  SourcePart part;
  part.expectation = {source, {}, std::move(schema), std::move(lock.kinds), std::move(digest)};
  part.expectation.not_read_yet = lock.not_read_yet;
  part.expectation.left_to_tools = std::move(lock.left_to_tools);
  part.server_major = lock.server_major;
  return part;
}

}  // namespace pgmend::app
