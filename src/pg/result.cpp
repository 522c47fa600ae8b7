// SPDX-License-Identifier: MIT
#include "pg/result.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <stdexcept>

namespace pgmend::pg {

namespace {

long long to_integer(std::string_view s) {
  long long value = 0;
  std::from_chars(s.data(), s.data() + s.size(), value);
  return value;
}

}  // namespace

void Result::Clear::operator()(pg_result* result) const { PQclear(result); }

Result::Result(pg_result* owned) : m_result(owned) {}

int Result::rows() const { return PQntuples(m_result.get()); }

int Result::columns() const { return PQnfields(m_result.get()); }

std::string_view Result::column_name(int column) const { return PQfname(m_result.get(), column); }

int Result::column(const char* name) const { return PQfnumber(m_result.get(), name); }

bool Result::is_null(int row, int column) const {
  return PQgetisnull(m_result.get(), row, column) != 0;
}

std::string_view Result::get(int row, int column) const {
  return {PQgetvalue(m_result.get(), row, column),
          static_cast<std::size_t>(PQgetlength(m_result.get(), row, column))};
}

std::string_view Result::get(int row, const char* column_name) const {
  const int index = column(column_name);
  if (index < 0) throw std::logic_error(std::string("no column in result: ") + column_name);
  return get(row, index);
}

long long Result::integer(int row, const char* column_name) const {
  return to_integer(get(row, column_name));
}

long long Result::affected() const { return to_integer(PQcmdTuples(m_result.get())); }

}  // namespace pgmend::pg
