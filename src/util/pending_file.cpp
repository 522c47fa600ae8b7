// SPDX-License-Identifier: MIT
#include "util/pending_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <tuple>

#include "util/stream.hpp"

namespace pgmend::file {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

/// What any program's new file would be allowed; there is no way to ask but to set it.
mode_t usual_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

mode_t mode_for(const fs::path& path) {
  struct stat now {};
  return ::stat(path.c_str(), &now) == 0 ? now.st_mode & 07777 : usual_mode();
}

}  // namespace

PendingFile::PendingFile(const fs::path& path) : m_path(path) {
  std::error_code error;
  const auto type = fs::status(path, error).type();
  if (type == fs::file_type::directory) fail(EISDIR);
  // What a link leads to is replaced, not the link.
  if (type == fs::file_type::regular) m_path = fs::canonical(path);
  const bool is_plain = type == fs::file_type::regular || type == fs::file_type::not_found;
  if (is_plain)
    open_beside();
  else
    m_stream = std::fopen(path.c_str(), "we");
  if (!m_stream) fail(errno);
}

void PendingFile::open_beside() {
  m_beside = (m_path.parent_path() / ("." + m_path.filename().string() + ".XXXXXX")).string();
  const int descriptor = ::mkostemp(m_beside.data(), O_CLOEXEC);
  if (descriptor < 0) fail(errno);
  // Not worth failing over: not every file system has modes.
  std::ignore = ::fchmod(descriptor, mode_for(m_path));
  m_stream = ::fdopen(descriptor, "w");
}

PendingFile::~PendingFile() {
  if (m_stream) {
    stream::forget(m_stream);
    std::fclose(m_stream);
  }
  if (!m_beside.empty()) ::unlink(m_beside.c_str());
}

void PendingFile::commit() {
  if (const int error = stream::error_of(m_stream); error != 0) fail(error);
  if (m_beside.empty()) return;
  // A rename can be on the disk before what was written.
  if (::fsync(::fileno(m_stream)) != 0 || ::rename(m_beside.c_str(), m_path.c_str()) != 0)
    fail(errno);
  m_beside.clear();
}

}  // namespace pgmend::file
