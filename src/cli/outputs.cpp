// SPDX-License-Identifier: MIT
#include "cli/outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "app/errors.hpp"
#include "app/output/reporters.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "util/stream.hpp"

namespace pgmend::cli {

namespace {

constexpr const char* k_to_file = "--format FORMAT=";

/// What is told on stdout where nothing else is.
const app::Format* usual_format(const Options& options) {
  return app::find_format(options.command == Command::plan ? "sql" : "text");
}

}  // namespace

Outputs::Outputs(const Options& options)
    : m_is_fleet(options.command == Command::fleet || options.command == Command::watch),
      m_color(options.color),
      m_detail(options.detail),
      m_job(job_of(options)),
      m_head(options.alembic_head.value_or("")),
      m_usual(usual_format(options)) {
  const auto& given = options.outputs;
  const bool is_stdout_taken = std::any_of(
      given.begin(), given.end(), [](const Output& output) { return output.file.empty(); });
  if (!is_stdout_taken) open({m_usual, ""});
  for (const auto& output : given) open(output);
  follow(options);
}

/// Progress is told by the text on stdout, which it must not get mixed up with.
void Outputs::follow(const Options& options) {
  std::vector<std::unique_ptr<Reporter>> followers;
  for (const auto& one : m_all) {
    if (!one.format->follow || m_is_fleet) continue;
    const auto style = terminal::Style::of(one.stream(), options.color);
    auto follower = one.format->follow(one.stream(), style, options.detail);
    const bool is_first = one.path.empty() && m_talk == stdout;
    followers.insert(is_first ? followers.begin() : followers.end(), std::move(follower));
  }
  if (m_talk == stderr) followers.insert(followers.begin(), app::make_progress_reporter());
  m_reporter = app::make_fan_out(std::move(followers));
}

void Outputs::open(const Output& output) {
  if (m_is_fleet && !output.format->fleet)
    throw app::UsageError(fmt::format("a fleet is not told as {}", output.format->name),
                          "json, html, junit, markdown, openmetrics or text");
  if (output.file.empty()) {
    if (output.format->name != "text") m_talk = stderr;
    m_all.push_back({output.format, "", nullptr});
    return;
  }
  // Where stderr is a file it has to stay that one.
  if (output.file == "/dev/stderr") return m_all.push_back({output.format, output.file, nullptr});
  try {
    m_all.push_back({output.format, output.file, std::make_unique<file::PendingFile>(output.file)});
  } catch (const std::system_error& error) {
    throw cannot_write(output.file, error.code(), k_to_file);
  }
}

int Outputs::finish(Report report, int exit_code) {
  Document document = {std::move(report), exit_code, {}, m_started, PGMEND_VERSION, m_head};
  leave_out_unwritten(document);
  return write(document);
}

/// What has nothing to say leaves the file that is there as it is.
void Outputs::leave_out_unwritten(Document& document) {
  std::erase_if(m_all, [&](const One& one) {
    if (!one.format->unwritten) return false;
    const auto why = one.format->unwritten(document);
    if (!why) return false;
    if (why->is_usage) document.exit_code = k_exit_usage;
    print_error({document.exit_code, why->why, why->hint});
    return true;
  });
}

int Outputs::finish(const FleetReport& report, int exit_code) {
  const FleetDocument document = {report, exit_code, m_started, PGMEND_VERSION};
  for (const auto& one : m_all)
    stream::print(
        one.stream(), "{}",
        one.format->fleet(document, terminal::Style::of(one.stream(), m_color), m_detail));
  return put_in_place(exit_code);
}

int Outputs::finish(const Ending& ending) {
  // A fleet that came to no report has none to be written: its files stay as they are.
  if (m_is_fleet) return ending.exit_code;
  Report report;
  report.subject.job = m_job;
  report.interrupted = ending.interrupted;
  report.failure = ending.interrupted ? "" : ending.message;
  report.failure_hint = ending.hint;
  report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now() - m_started);
  // Who reads the usual report on stdout reads stderr as well, and that has been told.
  for (const auto& one : m_all)
    if (one.format->follow && (one.file || one.format != m_usual))
      one.format->follow(one.stream(), {}, Detail::normal)->end(report);
  // And so has been told why there is nothing of these.
  std::erase_if(m_all, [](const One& one) { return one.format->unwritten != nullptr; });
  return write({report, ending.exit_code, ending.faults, m_started, PGMEND_VERSION});
}

int Outputs::write(const Document& document) {
  for (const auto& one : m_all)
    if (one.format->render) stream::print(one.stream(), "{}", one.format->render(document));
  return put_in_place(document.exit_code);
}

int Outputs::put_in_place(int exit_code) {
  for (const auto& one : m_all) {
    if (!one.file) continue;
    try {
      one.file->commit();
    } catch (const std::system_error& error) {
      const auto failure = cannot_write(one.path, error.code(), k_to_file);
      print_error({k_exit_usage, failure.what(), failure.hint()});
      if (exit_code == k_exit_correct) exit_code = k_exit_usage;
    }
  }
  return exit_code;
}

}  // namespace pgmend::cli
