// SPDX-License-Identifier: MIT
#include "app/explain/catalogue.hpp"

#include <algorithm>

#include "kinds/kinds.hpp"
#include "model/finding_id.hpp"

namespace pgmend::app {

std::string Topic::id() const {
  return attribute ? finding_id(*kind, *attribute) : finding_id(*kind, sort);
}

std::vector<Topic> topics_of(const Kind& kind) {
  std::vector<Topic> topics = {{&kind, nullptr, Sort::missing}, {&kind, nullptr, Sort::extra}};
  for (const auto& attribute : kind.attributes)
    if (attribute.judge) topics.push_back({&kind, &attribute});
  return topics;
}

std::optional<Topic> find_topic(const std::string& id) {
  for (const auto* kind : kinds::all()) {
    const auto topics = topics_of(*kind);
    const auto found = std::find_if(topics.begin(), topics.end(),
                                    [&](const Topic& topic) { return topic.id() == id; });
    if (found != topics.end()) return *found;
  }
  return std::nullopt;
}

}  // namespace pgmend::app
