// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/kind.hpp"

namespace pgmend::app {

/// What an id stands for.
struct Topic {
  const Kind* kind = nullptr;
  const Attribute* attribute = nullptr;  // if none:
  Sort sort = Sort::missing;

  std::string id() const;
};

/// All that findings of this kind can be.
std::vector<Topic> topics_of(const Kind& kind);

std::optional<Topic> find_topic(const std::string& id);

}  // namespace pgmend::app
