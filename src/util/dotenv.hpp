// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "util/expand.hpp"

/// `.env` files as docker compose, python-dotenv and their kin read them.
namespace pgmend::dotenv {

/// A line that cannot be read: "<file>:<line>: <what>". Never holds any of the file's values.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class File {
 public:
  /// `KEY=value`, `export KEY=value`, values in single quotes (as they stand), in double quotes
  /// (with backslash escapes) or bare (up to ` #`); quoted ones may span lines. `${OTHER}` in bare
  /// and double-quoted values is looked up in `environment`, then in the lines above.
  /// `file_name` is for messages only.
  static File parse(std::string_view text, const std::string& file_name,
                    const env::Environment& environment);

  /// Throws Error if the value refers to a variable that is not set: not before, since a file holds
  /// much that is none of our business.
  std::optional<std::string> get(const std::string& key) const;

 private:
  struct Value {
    std::string text;
    std::string error;  // why it could not be expanded
  };
  std::map<std::string, Value> m_values;
};

}  // namespace pgmend::dotenv
