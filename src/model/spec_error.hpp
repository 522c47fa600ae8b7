// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "model/object.hpp"
#include "util/text.hpp"

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
      : std::runtime_error(faults.empty() ? "" : text::shortened(faults.front().message)),
        m_faults(quoting_little(std::move(faults))) {}
  explicit SpecError(Fault fault) : SpecError(std::vector<Fault>{std::move(fault)}) {}

  const std::vector<Fault>& faults() const { return m_faults; }

 private:
  /// What is complained about may have megabytes.
  static std::vector<Fault> quoting_little(std::vector<Fault> faults) {
    for (auto& fault : faults) {
      fault.what = text::shortened(fault.what);
      fault.message = text::shortened(fault.message);
    }
    return faults;
  }

  std::vector<Fault> m_faults;
};

}  // namespace pgmend
