// SPDX-License-Identifier: MIT
#pragma once

#include <yaml-cpp/yaml.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/spec_error.hpp"

namespace pgmend::source {

/// Reads texts, lists and keys, and gathers what is wrong with them, each with file, line and
/// place: what cannot be read is told, and left out of what is returned.
class YamlReader {
 public:
  explicit YamlReader(const std::string& file) : m_file(file) {}

  const std::string& file() const { return m_file; }
  const std::vector<Fault>& faults() const { return m_faults; }
  std::vector<Fault> take_faults() { return std::move(m_faults); }

  SourceLocation at(const YAML::Node& node) const;
  void fault(SourceLocation where, const std::string& message, const std::string& hint);

  /// Names that stand twice, also in two spellings. `kept` is what a spelling stands for.
  void check_twice(const YAML::Node& map, const std::string& place,
                   const std::function<std::string(const std::string&)>& kept);
  /// Unknown keys, and keys that stand twice, of which a YAML reader would silently take one.
  void check_keys(const YAML::Node& map, const std::vector<std::string>& known,
                  const std::string& place);
  /// `key` is where its key stands: YAML sees nothing only when the next thing begins.
  std::optional<std::string> read_text(const YAML::Node& node, const std::string& what,
                                       const std::optional<SourceLocation>& key = std::nullopt);
  std::vector<std::string> read_list(const YAML::Node& node, const std::string& what);
  /// One source of a schema, or a list of them.
  std::vector<std::string> read_sources(const YAML::Node& node);

 private:
  bool refuse_nul(const YAML::Node& node);
  std::optional<std::string> read_source(const YAML::Node& node, const std::string& what);

  const std::string& m_file;
  std::vector<Fault> m_faults;
};

/// "a map", "a list", "text" or "nothing".
const char* type_word(const YAML::Node& node);

bool is_boolean(const std::string& text);

}  // namespace pgmend::source
