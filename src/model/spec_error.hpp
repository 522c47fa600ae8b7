// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "model/object.hpp"

namespace pgmend {

/// Something wrong in a specification, or in how it is asked for.
struct Fault {
  SourceLocation where;
  std::string what = {};  // the thing it is about: "users.age"; may be empty
  std::string message;
  std::string hint = {};
};

/// The specification cannot be used: exit code 2, nothing was changed.
class SpecError : public std::runtime_error {
 public:
  explicit SpecError(std::vector<Fault> faults)
      : std::runtime_error(faults.empty() ? "" : faults.front().message),
        m_faults(std::move(faults)) {}
  explicit SpecError(Fault fault) : SpecError(std::vector<Fault>{std::move(fault)}) {}

  const std::vector<Fault>& faults() const { return m_faults; }

 private:
  std::vector<Fault> m_faults;
};

}  // namespace pgmend
