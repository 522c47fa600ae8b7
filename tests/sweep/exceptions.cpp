// SPDX-License-Identifier: MIT
#include "exceptions.hpp"

#include <fstream>
#include <stdexcept>

#include "util/text.hpp"

namespace pgmend::test {

Exceptions::Exceptions(const std::string& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error("cannot read " + file);
  for (std::string line; std::getline(stream, line);) {
    if (text::trim(line).empty() || line.starts_with("#")) continue;
    const auto bar = line.find(" | ");
    if (bar == std::string::npos) throw std::runtime_error(file + ": no reason in: " + line);
    const auto pattern = std::string(text::trim(line.substr(0, bar)));
    m_entries.push_back(
        {pattern, std::regex(pattern), std::string(text::trim(line.substr(bar + 3)))});
  }
}

std::optional<std::string> Exceptions::reason(const std::string& label) {
  for (auto& entry : m_entries)
    if (std::regex_match(label, entry.regex)) {
      entry.used = true;
      return entry.reason;
    }
  return std::nullopt;
}

std::vector<std::string> Exceptions::unused() const {
  std::vector<std::string> patterns;
  for (const auto& entry : m_entries)
    if (!entry.used) patterns.push_back(entry.pattern);
  return patterns;
}

}  // namespace pgmend::test
