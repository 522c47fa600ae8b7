// SPDX-License-Identifier: MIT
#include "app/explain/examples.hpp"

#include "kinds/kinds.hpp"
#include "source/lock_file.hpp"

namespace pgmend::app {

const Schema& examples() {
  static const auto k_lock =
      source::parse_lock_file(std::string(k_examples_text), "examples.lock", kinds::all());
  return k_lock.schema;
}

}  // namespace pgmend::app
