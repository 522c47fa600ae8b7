// SPDX-License-Identifier: MIT
#include "support/temp_folder.hpp"

#include <fmt/format.h>
#include <stdlib.h>  // NOLINT: mkdtemp is POSIX, not C++

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace pgmend::test {

namespace fs = std::filesystem;

TempFolder::TempFolder() : m_path((fs::temp_directory_path() / "pgmend-test-XXXXXX").string()) {
  if (!::mkdtemp(m_path.data())) throw std::runtime_error("cannot create " + m_path);
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  if (std::getenv("PGMEND_TEST_KEEP"))
    fmt::print(stderr, "kept: {}\n", m_path);
  else
    fs::remove_all(m_path, ignored);
}

std::string TempFolder::write(const std::string& file, const std::string& text) const {
  const fs::path target = path(file);
  fs::create_directories(target.parent_path());
  std::ofstream stream(target, std::ios::binary);
  if (!(stream << text).flush()) throw std::runtime_error("cannot write " + target.string());
  return target.string();
}

std::string TempFolder::read(const std::string& file) const {
  std::ifstream stream(path(file), std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + path(file));
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace pgmend::test
