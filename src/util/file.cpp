// SPDX-License-Identifier: MIT
#include "util/file.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace pgmend::file {

namespace {

struct Close {
  void operator()(std::FILE* stream) const { std::fclose(stream); }
};

}  // namespace

std::optional<std::string> read_if_exists(const std::filesystem::path& path, std::size_t most) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return std::nullopt;
  const std::unique_ptr<std::FILE, Close> stream(
      std::filesystem::is_directory(status) ? nullptr : std::fopen(path.c_str(), "rbe"));
  if (!stream) throw std::runtime_error("cannot read " + path.string());
  // A large file is read at once; what is no file does not say how large it is.
  constexpr std::size_t k_little = 65536;
  auto expected = std::filesystem::file_size(path, error);
  if (error) expected = 0;
  std::string text;
  for (std::size_t length = 0; length < most;) {
    const auto wanted =
        std::min<std::size_t>(most - length, expected > length ? expected - length + 1 : k_little);
    text.resize(length + wanted);
    const auto got = std::fread(text.data() + length, 1, wanted, stream.get());
    length += got;
    text.resize(length);
    if (got < wanted) break;
  }
  if (std::ferror(stream.get()) != 0) throw std::runtime_error("cannot read " + path.string());
  return text;
}

}  // namespace pgmend::file
