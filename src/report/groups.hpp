// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "model/report.hpp"

namespace pgmend::report {

/// What a report tells of one relation, or of one thing that stands by itself.
struct Group {
  Name name;
  bool is_relation = true;
  const Kind* kind = nullptr;  // its own, not that of a part; null if only parts are known
  std::vector<const Object*> correct;
  std::vector<const Finding*> findings;
};

/// In the order in which they were checked. Points into the report.
class Groups {
 public:
  explicit Groups(const Report& report);

  const std::vector<Group>& all() const { return m_all; }

 private:
  Group& of(const Kind& kind, const Name& name);

  std::vector<Group> m_all;
  std::map<std::tuple<const Kind*, std::string, std::string>, std::size_t> m_positions;
};

}  // namespace pgmend::report
