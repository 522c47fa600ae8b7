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

void Result::Clear::operator()(pg_result* result) const {
  PQclear(result);
}

Result::Result(pg_result* owned) : m_result(owned) {}

int Result::rows() const {
  return PQntuples(m_result.get());
}

int Result::fields() const {
  return PQnfields(m_result.get());
}

int Result::field_number(const std::string& name) const {
  // PQfnumber folds an unquoted name to lower case; ours are spelled as they are.
  for (int field = 0; field < fields(); ++field)
    if (name == PQfname(m_result.get(), field)) return field;
  return -1;
}

unsigned Result::field_type(int field) const {
  return PQftype(m_result.get(), field);
}

int Result::field_modifier(int field) const {
  return PQfmod(m_result.get(), field);
}

bool Result::is_null(int row, int field) const {
  return PQgetisnull(m_result.get(), row, field) != 0;
}

std::string_view Result::get(int row, int field) const {
  return {PQgetvalue(m_result.get(), row, field),
          static_cast<std::size_t>(PQgetlength(m_result.get(), row, field))};
}

std::string_view Result::get(int row, const char* field) const {
  const int number = field_number(field);
  if (number < 0) throw std::logic_error(std::string("no such field in the result: ") + field);
  return get(row, number);
}

long long Result::integer(int row, int field) const {
  return to_integer(get(row, field));
}

long long Result::integer(int row, const char* field) const {
  return to_integer(get(row, field));
}

long long Result::affected() const {
  return to_integer(PQcmdTuples(m_result.get()));
}

}  // namespace pgmend::pg
