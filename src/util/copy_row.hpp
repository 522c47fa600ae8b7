// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pgmend {

/// The fields of a row that COPY sent, one after the other (PostgreSQL documentation, COPY, "Text
/// Format").
class CopyRow {
 public:
  /// Without the end of the line; lives longer than this.
  explicit CopyRow(std::string_view text) : m_text(text) {}

  /// The next field; nothing for NULL. It points into the text or, where something in it was
  /// escaped, into `room`. Throws std::logic_error where there is no further field.
  std::optional<std::string_view> next(std::string& room);
  /// The fields that were not read yet, as they are written: those of two rows are the same where
  /// this is.
  std::string_view rest() const {
    return m_text.substr(m_at < m_text.size() ? m_at : m_text.size());
  }

 private:
  std::string_view m_text;
  std::size_t m_at = 0;  // where the next field begins; behind the end, where there is none
};

}  // namespace pgmend
