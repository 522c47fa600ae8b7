// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Other programs, started with an argument vector: no shell ever sees a text of ours.
namespace pgmend::subprocess {

/// The program could not be started at all: not found, no right to, no such folder.
struct StartError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using Environment = std::map<std::string, std::string>;

/// Whom a child steps down to. Supplementary groups are dropped.
struct Identity {
  uid_t uid = 0;
  gid_t gid = 0;
};

struct Command {
  std::vector<std::string> argv;        // argv[0] is a path, or a name to be looked up on PATH
  std::optional<Environment> env = {};  // nothing: ours
  std::string cwd = {};                 // empty: ours
  std::optional<Identity> run_as = {};
  std::string input = {};                // what it reads from stdin
  std::chrono::milliseconds timeout{0};  // for run(); 0: none
  std::string output_file = {};          // stdout and stderr are appended here, not captured
  bool inherit_output = false;           // stdout and stderr are ours, nothing is captured
  bool output_to_stderr = false;         // and its stdout is our stderr
  /// Sent to the child when the thread that started it ends, also by SIGKILL. 0: none.
  int death_signal = 0;
  /// Out of our terminal's reach: Ctrl-C is for us alone.
  bool new_session = false;
};

struct Outcome {
  int exit_code = -1;  // -1: it was ended by a signal
  int signal = 0;
  bool timed_out = false;
  std::string out;
  std::string err;

  bool ok() const { return exit_code == 0; }
  /// "exit code 1", "signal 9", "timeout": for messages.
  std::string describe() const;
};

/// Runs to the end. On timeout, and when a stop is requested by signal, the child is killed.
Outcome run(const Command& command);

/// A child in the background. Whoever lets go of it while it runs kills it, unless detach() was
/// called. Waiting throws interrupt::Interrupted when a stop is requested by signal.
class Process {
 public:
  static Process start(const Command& command);
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  pid_t pid() const { return m_pid; }
  bool running();
  /// To this process only, not to its children. Nothing happens once it has ended.
  void send(int signal);
  /// False if it still runs after that time.
  bool wait_for(std::chrono::milliseconds duration);
  Outcome wait();
  /// Ends it and all that it started in the session that it leads (Command::new_session): they are
  /// asked first, and killed after that time. A request to stop does not break this off.
  void end_session(std::chrono::milliseconds grace);
  /// How it ended and what it wrote; only after it has ended.
  Outcome outcome() const;
  /// What it wrote so far.
  std::string out() const;
  std::string err() const;
  /// It is no longer ours: the destructor leaves it alone.
  void detach() { m_pid = -1; }

 private:
  Process() = default;
  void end() noexcept;

  pid_t m_pid = -1;
  std::optional<int> m_status;  // as waitpid; set once it has ended
  int m_out = -1;               // memory files: a child can never block on a full pipe
  int m_err = -1;
};

Environment current_environment();

/// The path of a program on PATH.
std::optional<std::string> find_program(std::string_view name);

}  // namespace pgmend::subprocess
