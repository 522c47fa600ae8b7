// SPDX-License-Identifier: MIT
#include "app/expected/merge_declarations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/spec_error.hpp"

namespace pgmend::app {

namespace {

class Merger {
 public:
  Merger(Declarations first, Declarations second)
      : m_merged(std::move(first)), m_second(std::move(second)) {}

  Declarations merge() {
    if (m_merged.search_path != m_second.search_path)
      fault({m_second.file}, fmt::format("its search_path is not that of {}", m_merged.file),
            "use one for both, or qualify the names");
    for (auto& relation : m_second.relations) add(std::move(relation));
    if (!m_faults.empty()) throw SpecError(std::move(m_faults));
    m_merged.file += " + " + m_second.file;
    return std::move(m_merged);
  }

 private:
  void add(Declarations::Relation relation) {
    const auto found =
        std::find_if(m_merged.relations.begin(), m_merged.relations.end(),
                     [&](const auto& other) { return other.self.name == relation.self.name; });
    if (found == m_merged.relations.end()) {
      m_merged.relations.push_back(std::move(relation));
      return;
    }
    for (auto& [key, part] : relation.self.parts) add_key(found->self, key, part);
    for (auto& part : relation.parts) add_part(*found, std::move(part));
  }

  void add_key(Declared& declared, const std::string& key, const Declared::Part& part) {
    const auto [found, is_new] = declared.parts.emplace(key, part);
    if (!is_new && found->second.text != part.text)
      fault(part.where,
            fmt::format("`{}` of `{}` is `{}` here and `{}` at {}", key, declared.name.name,
                        part.text, found->second.text, display(found->second.where)),
            "sources that are merged must agree: decide which one is right");
  }

  void add_part(Declarations::Relation& relation, Declared part) {
    const auto found =
        std::find_if(relation.parts.begin(), relation.parts.end(), [&](const Declared& other) {
          return other.section == part.section && other.name == part.name;
        });
    if (found == relation.parts.end()) {
      relation.parts.push_back(std::move(part));
      return;
    }
    if (found->is_short() != part.is_short())
      return fault(part.where,
                   fmt::format("`{}` is written in another form at {}", part.name.name,
                               display(found->where)),
                   "write it in the same words in both, or in one of them only");
    for (const auto& [key, text] : part.parts) add_key(*found, key, text);
  }

  void fault(SourceLocation where, std::string message, std::string hint) {
    m_faults.push_back(
        {.where = std::move(where), .message = std::move(message), .hint = std::move(hint)});
  }

  Declarations m_merged;
  Declarations m_second;
  std::vector<Fault> m_faults;
};

}  // namespace

Declarations merge_declarations(Declarations first, Declarations second) {
  return Merger(std::move(first), std::move(second)).merge();
}

}  // namespace pgmend::app
