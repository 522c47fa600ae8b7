// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>

namespace pgmend::file {

/// A file that is there whole or not at all: it is written beside its place and renamed at the end.
/// That it can be written is known from the start. A device or a pipe is written to as it is.
class PendingFile {
 public:
  /// Throws std::system_error, whose text names no file.
  explicit PendingFile(const std::filesystem::path& path);
  ~PendingFile();
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  std::FILE* stream() const { return m_stream; }
  /// Puts it in its place. Throws std::system_error.
  void commit();

 private:
  void open_beside();

  std::filesystem::path m_path;
  std::string m_beside;  // empty: written to as it is
  std::FILE* m_stream = nullptr;
};

}  // namespace pgmend::file
