// SPDX-License-Identifier: MIT
#include "util/subprocess.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "util/interrupt.hpp"
#include "util/spawn.hpp"
#include "util/text.hpp"

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace pgmend::subprocess {

namespace {

using std::chrono::milliseconds;

/// An unnamed file in memory. Unlike a pipe it never fills up, so nobody has to read meanwhile.
int memory_file(const std::string& text = "") {
  Descriptor file(above_stdio(::memfd_create("pgmend", MFD_CLOEXEC), "create a memory file"));
  std::size_t done = 0;
  while (done < text.size()) {
    const auto written = ::write(file.get(), text.data() + done, text.size() - done);
    if (written < 0) fail("write to a memory file", errno);
    done += static_cast<std::size_t>(written);
  }
  ::lseek(file.get(), 0, SEEK_SET);
  return file.release();
}

/// The whole of a memory file, without moving the position that the child writes at.
std::string contents(int fd) {
  std::string text;
  std::array<char, 16384> part = {};
  ssize_t got = 0;
  while (fd >= 0 &&
         (got = ::pread(fd, part.data(), part.size(), static_cast<off_t>(text.size()))) > 0)
    text.append(part.data(), static_cast<std::size_t>(got));
  return text;
}

int open_output(const std::string& file) {
  return above_stdio(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600),
      "write " + file);
}

}  // namespace

std::string Outcome::describe() const {
  if (timed_out) return "timeout";
  return signal != 0 ? fmt::format("signal {}", signal) : fmt::format("exit code {}", exit_code);
}

Process Process::start(const Command& command) {
  const Descriptor input(memory_file(command.input));
  Process process;
  if (command.inherit_output) {
    const int out = command.output_to_stderr ? STDERR_FILENO : STDOUT_FILENO;
    process.m_pid = spawn(command, {input.get(), out, STDERR_FILENO});
    return process;
  }
  if (command.output_file.empty()) {
    process.m_out = memory_file();
    process.m_err = memory_file();
  } else {
    process.m_out = open_output(command.output_file);
    process.m_err = open_output(command.output_file);
  }
  process.m_pid = spawn(command, {input.get(), process.m_out, process.m_err});
  return process;
}

Process::Process(Process&& other) noexcept
    : m_pid(std::exchange(other.m_pid, -1)),
      m_status(other.m_status),
      m_out(std::exchange(other.m_out, -1)),
      m_err(std::exchange(other.m_err, -1)) {}

Process& Process::operator=(Process&& other) noexcept {
  std::swap(m_pid, other.m_pid);
  std::swap(m_status, other.m_status);
  std::swap(m_out, other.m_out);
  std::swap(m_err, other.m_err);
  return *this;
}

Process::~Process() {
  end();
  for (const int fd : {m_out, m_err})
    if (fd >= 0) ::close(fd);
}

void Process::end() noexcept {
  if (!running()) return;
  ::kill(m_pid, SIGKILL);
  while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool Process::running() {
  if (m_pid < 0 || m_status) return false;
  int status = 0;
  if (::waitpid(m_pid, &status, WNOHANG) == m_pid) m_status = status;
  return !m_status;
}

void Process::send(int signal) {
  if (running()) ::kill(m_pid, signal);
}

bool Process::wait_for(milliseconds duration) {
  const auto deadline = std::chrono::steady_clock::now() + duration;
  milliseconds step{1};
  while (running()) {
    const auto left =
        std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    interrupt::sleep(std::min(step, left));
    step = std::min(step * 2, milliseconds{20});
  }
  return true;
}

Outcome Process::wait() {
  while (!wait_for(std::chrono::hours(1))) {
  }
  return outcome();
}

void Process::end_session(milliseconds grace) {
  const interrupt::Shield shield;
  const pid_t group = m_pid;
  if (running()) ::kill(-group, SIGTERM);
  wait_for(grace);
  // Not only the leader: it may have left others behind.
  ::kill(-group, SIGKILL);
  wait();
}

Outcome Process::outcome() const {
  Outcome result;
  const int status = m_status.value_or(0);
  if (m_status && WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (m_status && WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  result.out = out();
  result.err = err();
  return result;
}

std::string Process::out() const {
  return contents(m_out);
}
std::string Process::err() const {
  return contents(m_err);
}

Outcome run(const Command& command) {
  Process process = Process::start(command);
  if (command.timeout.count() == 0) return process.wait();
  const bool ended = process.wait_for(command.timeout);
  if (!ended) {
    process.send(SIGKILL);
    process.wait();
  }
  Outcome outcome = process.outcome();
  outcome.timed_out = !ended;
  return outcome;
}

Environment current_environment() {
  Environment result;
  for (char** row = environ; row && *row; ++row) {
    const std::string_view text = *row;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      result.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return result;
}

std::optional<std::string> find_program(std::string_view name) {
  if (name.find('/') != std::string_view::npos) return std::string(name);
  const char* path = ::getenv("PATH");
  for (const auto folder : text::split(path ? path : "/usr/bin:/bin", ':')) {
    std::string file = fmt::format("{}/{}", folder, name);
    struct stat info = {};
    if (::stat(file.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
        ::access(file.c_str(), X_OK) == 0)
      return file;
  }
  return std::nullopt;
}

}  // namespace pgmend::subprocess
