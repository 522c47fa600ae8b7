// SPDX-License-Identifier: MIT
#include "util/spawn.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

namespace pgmend::subprocess {

namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// All that the child needs, made before the fork: between fork and exec only calls that are safe
/// in a signal handler are allowed, and none of them may allocate.
struct Prepared {
  std::string program;
  std::vector<std::string> argv_texts;
  std::vector<std::string> env_texts;
  std::vector<char*> argv;
  std::vector<char*> env;
  Streams streams;
  pid_t parent = -1;
};

/// Which step failed, told to the parent through a pipe that a successful exec closes.
enum class Step { redirect, step_down, enter_folder, execute };
struct Failure {
  Step step = Step::redirect;
  int error = 0;
};

bool step_down(const Identity& identity) {
  return ::setgroups(0, nullptr) == 0 && ::setgid(identity.gid) == 0 && ::setuid(identity.uid) == 0;
}

/// What the parent caught, ignored or blocked is nothing to the child.
void reset_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD}) std::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// Changing the user clears the death signal, so it is set after that; and the parent may have died
/// just before, which no signal will tell.
void set_death_signal(int signal, pid_t parent) {
  if (signal == 0) return;
  ::prctl(PR_SET_PDEATHSIG, signal);
  if (::getppid() != parent) ::_exit(127);
}

/// Returns the step that failed; does not return if all went well.
Step become(const Command& command, const Prepared& prepared) {
  reset_signals();
  if (command.new_session) ::setsid();
  const Streams& streams = prepared.streams;
  if (::dup2(streams.in, 0) < 0 || ::dup2(streams.out, 1) < 0 || ::dup2(streams.err, 2) < 0)
    return Step::redirect;
  if (command.run_as && !step_down(*command.run_as)) return Step::step_down;
  if (!command.cwd.empty() && ::chdir(command.cwd.c_str()) != 0) return Step::enter_folder;
  set_death_signal(command.death_signal, prepared.parent);
  ::execve(prepared.program.c_str(), prepared.argv.data(), prepared.env.data());
  return Step::execute;
}

[[noreturn]] void child(const Command& command, const Prepared& prepared, int report) {
  const Failure failure{become(command, prepared), errno};
  [[maybe_unused]] const auto written = ::write(report, &failure, sizeof failure);
  ::_exit(127);
}

std::string words(const Command& command, Step step) {
  switch (step) {
    case Step::redirect:
      return "redirect the output of " + command.argv[0];
    case Step::step_down:
      return fmt::format("run {} as user {}", command.argv[0], command.run_as->uid);
    case Step::enter_folder:
      return "enter folder " + command.cwd;
    case Step::execute:
      break;
  }
  return "run " + command.argv[0];
}

Prepared prepare(const Command& command, const Streams& streams) {
  Prepared prepared;
  const auto program = find_program(command.argv.at(0));
  if (!program) fail("run " + command.argv[0], ENOENT);
  prepared.program = *program;
  prepared.argv_texts = command.argv;
  for (const auto& [name, value] : command.env ? *command.env : current_environment())
    prepared.env_texts.push_back(name + "=" + value);
  prepared.argv = pointers(prepared.argv_texts);
  prepared.env = pointers(prepared.env_texts);
  prepared.streams = streams;
  prepared.parent = ::getpid();
  return prepared;
}

}  // namespace

void fail(const std::string& what, int error) {
  throw StartError(fmt::format("cannot {}: {}", what, std::strerror(error)));
}

int above_stdio(int fd, const std::string& what) {
  if (fd < 0) fail(what, errno);
  if (fd > 2) return fd;
  const int moved = ::fcntl(fd, F_DUPFD_CLOEXEC, 3);
  const int error = errno;
  ::close(fd);
  if (moved < 0) fail(what, error);
  return moved;
}

pid_t spawn(const Command& command, const Streams& streams) {
  const Prepared prepared = prepare(command, streams);
  std::array<int, 2> ends = {-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("create a pipe", errno);
  Descriptor reading(ends[0]);
  Descriptor writing(above_stdio(ends[1], "create a pipe"));
  const pid_t pid = ::fork();
  if (pid < 0) fail("start a process", errno);
  if (pid == 0) child(command, prepared, writing.get());
  writing.reset();
  Failure failure;
  ssize_t got = -1;
  do got = ::read(reading.get(), &failure, sizeof failure);
  while (got < 0 && errno == EINTR);
  if (got != sizeof failure) return pid;  // the pipe was closed by a successful exec
  ::waitpid(pid, nullptr, 0);
  fail(words(command, failure.step), failure.error);
}

}  // namespace pgmend::subprocess
