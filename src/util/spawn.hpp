// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "util/subprocess.hpp"

/// The fork and exec below subprocess.hpp.
namespace pgmend::subprocess {

/// A file descriptor that is closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int fd) : m_fd(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(); }
  int get() const { return m_fd; }
  int release() { return std::exchange(m_fd, -1); }
  void reset() {
    if (m_fd >= 0) ::close(m_fd);
    m_fd = -1;
  }

 private:
  int m_fd;
};

/// Throws StartError: "cannot <what>: <words for the error number>".
[[noreturn]] void fail(const std::string& what, int error);

/// Moves a descriptor that has just been opened out of 0 to 2, where the child's own are put: those
/// may be free if we were started with stdin or stdout closed. Throws if it could not be opened.
int above_stdio(int fd, const std::string& what);

struct Streams {
  int in = -1;
  int out = -1;
  int err = -1;
};

/// Returns once the program runs; throws StartError if it could not be started.
pid_t spawn(const Command& command, const Streams& streams);

}  // namespace pgmend::subprocess
