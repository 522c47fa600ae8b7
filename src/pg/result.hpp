// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct pg_result;

namespace pgmend::pg {

/// The rows a statement returned. Fields are views into the result: they live as long as it does.
class Result {
 public:
  explicit Result(pg_result* owned);

  int rows() const;
  int fields() const;
  /// -1 if there is no such field.
  int field_number(const std::string& name) const;
  /// The field's type: its oid in pg_type, and its type modifier.
  unsigned field_type(int field) const;
  int field_modifier(int field) const;
  bool is_null(int row, int field) const;
  /// Empty for NULL.
  std::string_view get(int row, int field) const;
  std::string_view get(int row, const char* field) const;
  std::string str(int row, const char* field) const { return std::string(get(row, field)); }
  long long integer(int row, int field) const;
  long long integer(int row, const char* field) const;
  bool boolean(int row, const char* field) const { return get(row, field) == "t"; }
  /// Rows that INSERT, UPDATE or DELETE touched.
  long long affected() const;

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> m_result;
};

}  // namespace pgmend::pg
