// SPDX-License-Identifier: MIT
#include "ledger/python_calls.hpp"

#include <optional>
#include <string_view>

namespace pgmend::ledger {

namespace {

using Tokens = std::vector<Token>;

bool opens(const Token& token) {
  return token.is("(") || token.is("[") || token.is("{");
}

bool closes(const Token& token) {
  return token.is(")") || token.is("]") || token.is("}");
}

/// `op.f("name")` is the name as it stands.
bool is_naming(const Tokens& tokens, std::size_t at) {
  return tokens[at].is("f") && at + 2 < tokens.size() && tokens[at + 1].is("(") &&
         tokens[at + 2].is_text();
}

bool is_argument(const Tokens& tokens, std::size_t at, std::string_view name) {
  return tokens[at].is(name) && at + 2 < tokens.size() && tokens[at + 1].is("=");
}

/// What stands behind `name=`, if that is a text: as it stands, or as op.f(text), f(text).
std::optional<std::string> keyword(const Tokens& tokens, std::size_t at, std::string_view name) {
  if (!is_argument(tokens, at, name)) return std::nullopt;
  auto value = at + 2;
  if (tokens[value].is_text()) return tokens[value].text;
  if (tokens[value].is("op") && value + 2 < tokens.size() && tokens[value + 1].is(".")) value += 2;
  if (is_naming(tokens, value)) return tokens[value + 2].text;
  return std::nullopt;
}

bool is_set(const Tokens& tokens, std::size_t at, std::string_view name, std::string_view value) {
  return is_argument(tokens, at, name) && tokens[at + 2].is(value);
}

/// Texts at the call's own level, whether given by position or by keyword.
std::vector<std::string> arguments_of(const Tokens& tokens, std::size_t open, std::size_t close) {
  std::vector<std::string> arguments = {""};
  int depth = 0;
  for (auto i = open + 1; i < close; ++i) {
    const auto& token = tokens[i];
    if (depth == 0 && token.is(",")) arguments.emplace_back();
    if (depth == 0 && token.is_text()) arguments.back() += token.text;
    if (depth == 0 && is_naming(tokens, i)) arguments.back() = tokens[i + 2].text;
    if (opens(token)) ++depth;
    if (closes(token)) --depth;
  }
  return arguments;
}

/// Something that is called, or a list, inside of a call.
struct Level {
  std::string callee;  // empty: a list, a tuple
  std::string name;    // name="..." at its own level
  bool is_native = true;
  bool is_checked = false;

  /// Constraints and indexes are parts of the table. The name of a type (Enum) is the type's own,
  /// unless it is the name of the CHECK that stands for it.
  bool names_part() const {
    if (callee.ends_with("Constraint") || callee == "Index" || callee == "ForeignKey") return true;
    return is_checked && !is_native;
  }
};

/// Reads what a call's parentheses hold.
class CallReader {
 public:
  CallReader(const Tokens& tokens, std::size_t at, Call& call)
      : m_tokens(tokens), m_at(at), m_call(call) {}

  void read() {
    const auto close = closing(m_tokens, m_at + 1);
    for (auto i = m_at + 2; i < close; ++i) {
      if (opens(m_tokens[i]))
        enter(i);
      else if (closes(m_tokens[i]))
        leave();
      else if (m_levels.empty())
        own_argument(i);
      else
        inner_argument(i);
    }
  }

 private:
  void enter(std::size_t at) {
    Level level;
    if (m_tokens[at].is("(") && m_tokens[at - 1].sort == Token::Sort::name)
      level.callee = m_tokens[at - 1].text;
    const bool has_text = at + 1 < m_tokens.size() && m_tokens[at + 1].is_text();
    if (level.callee == "Column" && has_text) m_call.columns.push_back(m_tokens[at + 1].text);
    m_levels.push_back(std::move(level));
  }

  void leave() {
    if (m_levels.empty()) return;
    const auto level = std::move(m_levels.back());
    m_levels.pop_back();
    if (level.name.empty()) return;
    if (level.callee == "Column") m_call.columns.push_back(level.name);
    if (level.names_part()) m_call.names.push_back(level.name);
  }

  void own_argument(std::size_t at) {
    if (auto name = keyword(m_tokens, at, "new_column_name")) m_call.new_name = std::move(*name);
    if (is_set(m_tokens, at, "if_not_exists", "True")) m_call.if_missing = true;
  }

  void inner_argument(std::size_t at) {
    auto& level = m_levels.back();
    if (auto name = keyword(m_tokens, at, "name")) level.name = std::move(*name);
    if (is_set(m_tokens, at, "native_enum", "False")) level.is_native = false;
    if (is_set(m_tokens, at, "create_constraint", "True")) level.is_checked = true;
  }

  const Tokens& m_tokens;
  std::size_t m_at;
  Call& m_call;
  std::vector<Level> m_levels;
};

}  // namespace

std::size_t closing(const std::vector<Token>& tokens, std::size_t open) {
  int depth = 0;
  for (auto i = open; i < tokens.size(); ++i) {
    if (opens(tokens[i])) ++depth;
    if (closes(tokens[i])) --depth;
    if (depth == 0) return i;
  }
  return tokens.size();
}

Call read_call(const std::vector<Token>& tokens, std::size_t at) {
  Call call;
  call.method = tokens[at].text;
  call.line = tokens[at].line;
  call.arguments = arguments_of(tokens, at + 1, closing(tokens, at + 1));
  CallReader(tokens, at, call).read();
  return call;
}

}  // namespace pgmend::ledger
