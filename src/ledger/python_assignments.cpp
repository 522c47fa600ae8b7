// SPDX-License-Identifier: MIT
#include "ledger/python_assignments.hpp"

#include <optional>
#include <string_view>

namespace pgmend::ledger {

namespace {

using Tokens = std::vector<Token>;

/// Where the value begins, if this assigns one to a name.
std::optional<std::size_t> value_position(const Tokens& tokens) {
  if (tokens.size() < 3 || tokens[0].sort != Token::Sort::name) return std::nullopt;
  if (tokens[1].is("=")) return 2;
  if (!tokens[1].is(":")) return std::nullopt;
  int depth = 0;
  for (std::size_t i = 2; i < tokens.size(); ++i) {
    if (tokens[i].is("[") || tokens[i].is("(")) ++depth;
    if (tokens[i].is("]") || tokens[i].is(")")) --depth;
    if (depth == 0 && tokens[i].is("=")) return i + 1;
  }
  return std::nullopt;
}

Assigned read_value(const Tokens& tokens, std::size_t position,
                    const std::map<std::string, Assigned>& known) {
  Assigned value;
  value.line = tokens[position].line;
  bool after_text = false;
  for (std::size_t i = position; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    if (token.is_text()) {
      // Texts that follow each other are one.
      if (after_text)
        value.texts.back() += token.text;
      else
        value.texts.push_back(token.text);
      after_text = true;
      continue;
    }
    after_text = false;
    if (token.sort == Token::Sort::sign &&
        std::string_view("()[]{},").find(token.text) != std::string_view::npos)
      continue;
    if (token.is("None")) continue;
    const auto other = known.find(token.text);
    const bool is_alone = token.sort == Token::Sort::name && tokens.size() == position + 1;
    if (is_alone && other != known.end()) {
      value.texts = other->second.texts;
      value.is_literal = other->second.is_literal;
    } else {
      value.is_literal = false;
    }
  }
  return value;
}

}  // namespace

std::map<std::string, Assigned> top_level_assignments(const std::vector<Statement>& statements) {
  std::map<std::string, Assigned> all;
  for (const auto& statement : statements) {
    if (statement.indent != 0) continue;
    if (const auto at = value_position(statement.tokens); at && *at < statement.tokens.size())
      all[statement.tokens[0].text] = read_value(statement.tokens, *at, all);
  }
  return all;
}

}  // namespace pgmend::ledger
