// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/object.hpp"

namespace pgmend::report::html {

/// The relations of both sides and what refers to what: all that a picture is drawn from.
struct Outline {
  /// What others can name of a relation: for a table, a column.
  struct Part {
    Name name;
    std::string type;
  };
  struct Relation {
    Name name;
    const Kind* kind = nullptr;  // null if only parts of it are known
    std::vector<Part> parts;
  };
  struct Link {
    const Kind* kind = nullptr;
    Name name;
    std::size_t from = 0;  // positions in relations
    std::size_t to = 0;
  };

  std::vector<Relation> relations;
  std::vector<Link> links;
};

/// Parts in the order of what is there; what is only expected stands behind.
Outline outline_of(const Schema& expected, const Schema& actual);

}  // namespace pgmend::report::html
