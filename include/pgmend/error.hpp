// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace pgmend::api {

/// Thrown where nothing could be compared; nothing was changed. Drift is no error: see Report.
/// Passwords appear in no text of it.
class Error : public std::runtime_error {
 public:
  enum class Reason {
    usage,       // the spec, the options or the database URL are wrong
    unverified,  // the database could not be reached or read
  };

  /// One thing that is wrong, and where it was said.
  struct Fault {
    std::string file = {};  // of the spec, or of the code that built it; may be empty
    int line = 0;           // from 1; 0: the file as a whole
    int column = 0;
    std::string message = {};
    std::string hint = {};  // what to do about it; may be empty
  };

  Error(Reason reason, const std::string& message, std::vector<Fault> faults)
      : std::runtime_error(message), m_reason(reason), m_faults(std::move(faults)) {}

  Reason reason() const { return m_reason; }
  /// All that is wrong, at least one.
  const std::vector<Fault>& faults() const { return m_faults; }
  /// What to do about the first fault; may be empty.
  const std::string& hint() const { return m_faults.front().hint; }

 private:
  Reason m_reason;
  std::vector<Fault> m_faults;
};

}  // namespace pgmend::api
