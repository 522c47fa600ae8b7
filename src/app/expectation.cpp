// SPDX-License-Identifier: MIT
#include "app/expectation.hpp"

#include <algorithm>

namespace pgmend::app {

std::vector<const Kind*> common_kinds(const Expectation& a, const Expectation& b) {
  auto kinds = a.kinds;
  std::erase_if(kinds, [&](const Kind* kind) {
    return std::find(b.kinds.begin(), b.kinds.end(), kind) == b.kinds.end();
  });
  return kinds;
}

}  // namespace pgmend::app
