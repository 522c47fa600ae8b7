// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "model/fleet.hpp"
#include "util/pending_file.hpp"

namespace pgmend::cli {

/// What ended a run before there was a report.
struct Ending {
  int exit_code = 0;
  std::string message;
  std::string hint = {};
  std::vector<Fault> faults = {};
  bool interrupted = false;
};

/// The reports of one run, in all forms that were asked for. Files are opened first and put in
/// their places last.
class Outputs {
 public:
  /// Throws UsageError if a file cannot be written.
  explicit Outputs(const Options& options);

  /// Tells those that are written as the run goes.
  Reporter& reporter() { return *m_reporter; }
  /// Where people can be spoken to besides: stderr if stdout is for a program.
  std::FILE* talk() const { return m_talk; }
  /// Writes the rest of them. Returns the exit code: the one given, unless a file cannot be written
  /// after all.
  int finish(Report report, int exit_code);
  int finish(const FleetReport& report, int exit_code);
  /// For a run that came to no report.
  int finish(const Ending& ending);

 private:
  struct One {
    const app::Format* format;
    std::string path;                         // empty: stdout
    std::unique_ptr<file::PendingFile> file;  // none: stdout or stderr

    std::FILE* stream() const { return file ? file->stream() : path.empty() ? stdout : stderr; }
  };

  void open(const Output& output);
  int put_in_place(int exit_code);
  void follow(const Options& options);
  void leave_out_unwritten(Document& document);
  int write(const Document& document);

  bool m_is_fleet;
  terminal::ColorChoice m_color;
  Detail m_detail;
  Job m_job;
  std::string m_head;          // Alembic's, that a revision is to follow; empty: the only one
  const app::Format* m_usual;  // what stdout has where nothing else is asked for
  std::vector<One> m_all;
  std::unique_ptr<Reporter> m_reporter;
  std::FILE* m_talk = stdout;
  std::chrono::system_clock::time_point m_started = std::chrono::system_clock::now();
};

}  // namespace pgmend::cli
