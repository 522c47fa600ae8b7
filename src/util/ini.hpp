// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

/// As much of Python's configparser as reading alembic.ini takes.
namespace pgmend::ini {

/// "<file>:<line>: <what>". Never holds any of the file's values.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A value refers to an option that the file does not set: programs that read it may add options of
/// their own.
struct UnknownReference : Error {
  using Error::Error;
};

class File {
 public:
  /// Sections, `key = value` and `key: value` (keys without regard to case), lines that start with
  /// `#` or `;`, values that go on over indented lines. `here` is what `%(here)s` stands for.
  static File parse(std::string_view text, const std::string& file_name, const std::string& here);

  /// With `%%` and `%(key)s` resolved; keys of [DEFAULT] count for every section. Any other `%`
  /// stays as it is.
  std::optional<std::string> get(const std::string& section, const std::string& key) const;

 private:
  using Section = std::map<std::string, std::string>;

  const std::string* find(const std::string& section, const std::string& key) const;
  std::string interpolate(const std::string& section, std::string_view text, int depth) const;

  std::string m_name;
  std::map<std::string, Section> m_sections;
};

}  // namespace pgmend::ini
