// SPDX-License-Identifier: MIT
#include "source/lock_line.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "model/spec_error.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

bool ends_word(char c) {
  return c == ' ' || c == '.' || c == '=' || c == ':' || c == '"';
}

/// Where plain text ends behind `at`. Most of a lock file is that: find_first_of() takes several
/// times as long.
std::size_t end_of_plain(std::string_view line, std::size_t at) {
  while (at < line.size() && line[at] != '"' && line[at] != '\\') ++at;
  return at;
}

}  // namespace

bool LockLine::skip(char c) {
  if (at_end() || m_line[m_at] != c) return false;
  ++m_at;
  return true;
}

void LockLine::expect(char c) {
  if (!skip(c)) fail(fmt::format("expected `{}`", c));
}

std::string_view LockLine::word() {
  auto end = m_at;
  while (end < m_line.size() && !ends_word(m_line[end])) ++end;
  if (end == m_at) fail("expected a word");
  const auto out = m_line.substr(m_at, end - m_at);
  m_at = end;
  return out;
}

std::string LockLine::quoted() {
  expect('"');
  std::string out;
  for (;;) {
    const auto end = end_of_plain(m_line, m_at);
    out += m_line.substr(m_at, end - m_at);
    m_at = end;
    if (skip('"')) return out;
    out += escape();
  }
}

void LockLine::skip_quoted() {
  expect('"');
  for (;;) {
    m_at = end_of_plain(m_line, m_at);
    if (skip('"')) return;
    escape();
  }
}

bool LockLine::skip_field(std::string_view name) {
  if (!rest().starts_with(' ') || rest().substr(1, name.size()) != name ||
      !rest().substr(name.size() + 1).starts_with('='))
    return false;
  m_at += name.size() + 2;
  return true;
}

std::string_view LockLine::skip_fields_before(std::string_view name) {
  const auto start = m_at;
  for (auto before = m_at; skip(' '); before = m_at) {
    if (word() == name) {
      m_at = before;
      break;
    }
    expect('=');
    skip_quoted();
  }
  return m_line.substr(start, m_at - start);
}

Name LockLine::path() {
  std::array<std::string, 3> parts;
  std::size_t count = 0;
  do {
    if (count == parts.size()) fail("a name has three parts at most");
    parts[count++] = !at_end() && m_line[m_at] == '"' ? quoted() : std::string(word());
  } while (skip('.'));
  Name name;
  name.name = std::move(parts[count - 1]);
  if (count > 1) name.schema = std::move(parts[0]);
  if (count > 2) name.relation = std::move(parts[1]);
  return name;
}

int LockLine::number() {
  const auto digits = word();
  int value = 0;
  const auto* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end) fail("expected a number");
  return value;
}

void LockLine::fail(const std::string& what) const {
  throw SpecError(Fault{.where = {m_file, m_number, static_cast<int>(m_at) + 1},
                        .message = "the lock file is damaged: " + text::visible(what),
                        .hint = "take it from version control again, or write a new one: pgmend "
                                "snapshot"});
}

char LockLine::escape() {
  if (!at_end()) ++m_at;
  if (at_end()) fail("the quotes are not closed");
  switch (const char c = m_line[m_at++]) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case '\\':
    case '"':
      return c;
    default:
      fail("unknown escape");
  }
}

}  // namespace pgmend::source
