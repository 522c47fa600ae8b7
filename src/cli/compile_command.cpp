// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <filesystem>

#include "app/compare/tools_own.hpp"
#include "app/errors.hpp"
#include "app/jobs/diff.hpp"
#include "app/migrations/standing.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/invocation.hpp"
#include "cli/sources.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

constexpr const char* k_lock = "schema.lock";

app::SourcePart read_sources(const Options& options, const app::SourceRequest& request,
                             app::Scratch& scratch) {
  auto source = app::load_sources(request, scratch);
  if (!source.expectation.complete)
    throw app::UsageError(
        source.expectation.source + " names only some objects: there is no whole schema to compile",
        "name an SQL file, a folder or a database; a pgmend.yaml is used as it is: pgmend verify "
        "--schema " +
            text::shell_word(source.expectation.source));
  app::refuse_empty(source.expectation);
  auto& complete = source.expectation.complete;
  auto& left_out = source.expectation.left_to_tools;
  auto rest = app::without_tools_own(complete, *complete, app::own_names_of_project());
  complete = std::move(rest.schema);
  left_out.insert(left_out.end(), rest.left_out.begin(), rest.left_out.end());
  source.expectation = app::filtered(
      source.expectation, {options.schema_names, options.tables, options.kinds, options.ignore});
  return source;
}

std::string lock_text(const app::SourcePart& source) {
  return source::write_lock_file(source.server_major, *source.expectation.complete,
                                 source.expectation.kinds, source.expectation.left_to_tools);
}

void print_notes(const app::SourcePart& source, const app::Scratch& scratch) {
  for (const auto& notes : {source.notes, scratch.notes()})
    for (const auto& note : notes) print_line(stderr, "note: " + note);
}

/// The same command without --check.
std::string compile_words(const Options& options, const std::string& path) {
  std::string words = "pgmend compile";
  for (const auto& source : options.sources) words += ' ' + shown_source(source);
  if (options.python) words += " --python " + text::shell_word(*options.python);
  return words + " --output " + text::shell_word(path);
}

/// Other spellings of the same, such as those of another version of PostgreSQL, are not stale.
int check(const Options& options, const std::string& path, app::SourcePart& source,
          app::Scratch& scratch) {
  if (!std::filesystem::exists(path))
    throw app::UsageError(path + " is not there", "write it: " + compile_words(options, path));
  const bool quiet = options.detail == Detail::quiet;
  if (file::read_if_exists(path) == lock_text(source)) {
    if (!quiet) print_line(stdout, fmt::format("{} is up to date", path));
    return k_exit_correct;
  }
  auto request = source_request(options, {path});
  auto old = app::load_sources(request, scratch);
  const auto reporter =
      app::make_text_reporter(stdout, terminal::Style::of(stdout, options.color), options.detail);
  const auto code = exit_code(app::diff(source, old, request, scratch, *reporter));
  if (code == k_exit_correct) {
    if (!quiet)
      print_line(stdout,
                 fmt::format("{} is up to date: it only spells some things differently", path));
  } else if (code == k_exit_drift) {
    print_line(stderr,
               fmt::format("{} is stale: {} has changed since", path, source.expectation.source));
    print_line(stderr, "hint: write it again: " + compile_words(options, path));
  }
  return code;
}

}  // namespace

int run_compile(const Options& options) {
  auto request = source_request(options, options.sources);
  app::settle_request(request);
  auto scratch = scratch_without_target(options);
  auto source = read_sources(options, request, scratch);
  const bool quiet = options.detail == Detail::quiet;
  if (!quiet) {
    print_notes(source, scratch);
    print_left_out(stderr, source.expectation.left_to_tools);
  }
  const auto path = options.output.value_or(k_lock);
  if (options.check) return check(options, path, source, scratch);
  write_output(path, lock_text(source));
  if (path != "-" && !quiet) {
    print_line(stdout, fmt::format("wrote {} ({} objects of {})", path,
                                   source.expectation.complete->size(), source.expectation.source));
    print_line(stdout,
               "next: commit it, then run: pgmend verify --schema " + text::shell_word(path));
  }
  return k_exit_correct;
}

}  // namespace pgmend::cli
