// SPDX-License-Identifier: MIT
#include "util/file.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace pgmend::file {

std::optional<std::string> read_if_exists(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return std::nullopt;
  std::ifstream in;
  if (!std::filesystem::is_directory(status)) in.open(path, std::ios::binary);
  std::ostringstream text;
  if (in.is_open() && in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  if (!in.is_open() || in.bad() || text.fail())
    throw std::runtime_error("cannot read " + path.string());
  return text.str();
}

}  // namespace pgmend::file
