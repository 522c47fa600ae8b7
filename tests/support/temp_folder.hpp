// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace pgmend::test {

/// An empty folder, removed at the end unless PGMEND_TEST_KEEP is set.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::string& path() const { return m_path; }
  std::string path(const std::string& file) const { return m_path + "/" + file; }
  /// Creates the file, and the folders on the way to it; returns its path.
  std::string write(const std::string& file, const std::string& text) const;
  std::string read(const std::string& file) const;

 private:
  std::string m_path;
};

}  // namespace pgmend::test
