// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

namespace pgmend::test {

/// Sets a variable of this process's environment, and puts back at the end what was there.
class Variable {
 public:
  Variable(std::string name, const std::string& value) : m_name(std::move(name)) {
    if (const char* before = std::getenv(m_name.c_str())) m_before = before;
    ::setenv(m_name.c_str(), value.c_str(), 1);
  }
  ~Variable() {
    if (m_before)
      ::setenv(m_name.c_str(), m_before->c_str(), 1);
    else
      ::unsetenv(m_name.c_str());
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  std::string m_name;
  std::optional<std::string> m_before;
};

}  // namespace pgmend::test
