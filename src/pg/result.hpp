// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct pg_result;

namespace pgmend::pg {

/// The rows a statement returned. Fields are views into the result: they live as long as it does.
class Result {
 public:
  explicit Result(pg_result* owned);

  int rows() const;
  int columns() const;
  std::string_view column_name(int column) const;
  /// -1 if there is no such column.
  int column(const char* name) const;
  bool is_null(int row, int column) const;
  /// Empty for NULL.
  std::string_view get(int row, int column) const;
  std::string_view get(int row, const char* column_name) const;
  std::string str(int row, const char* column_name) const {
    return std::string(get(row, column_name));
  }
  long long integer(int row, const char* column_name) const;
  bool boolean(int row, const char* column_name) const { return get(row, column_name) == "t"; }
  /// Rows that INSERT, UPDATE or DELETE touched.
  long long affected() const;

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> m_result;
};

}  // namespace pgmend::pg
