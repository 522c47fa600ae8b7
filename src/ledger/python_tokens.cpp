// SPDX-License-Identifier: MIT
#include "ledger/python_tokens.hpp"

#include <cctype>

#include "util/text.hpp"

namespace pgmend::ledger {

namespace {

bool starts_name(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}
bool continues_name(char c) {
  return starts_name(c) || is_digit(c);
}

class Lexer {
 public:
  explicit Lexer(std::string_view source) : m_source(source) {
    if (m_source.starts_with("\xEF\xBB\xBF")) m_source.remove_prefix(3);
  }

  std::vector<Statement> run() {
    while (m_at < m_source.size()) step();
    if (!m_brackets.empty())
      throw PythonError(m_brackets.back().line, "a bracket that is not closed");
    end_statement();
    return std::move(m_statements);
  }

 private:
  char at(std::size_t offset = 0) const {
    return m_at + offset < m_source.size() ? m_source[m_at + offset] : '\0';
  }

  void step() {
    const char c = at();
    if (c == '\n') return newline();
    if (c == '#') return skip_comment();
    if (c == '\\' && (at(1) == '\n' || (at(1) == '\r' && at(2) == '\n'))) {
      m_at += at(1) == '\n' ? 2U : 3U;
      ++m_line;
      return;
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
      ++m_at;
      return;
    }
    if (c == '"' || c == '\'') return text("");
    if (starts_name(c)) return name();
    if (is_digit(c)) return number();
    sign();
  }

  void newline() {
    ++m_at;
    ++m_line;
    if (m_brackets.empty()) end_statement();
    if (m_brackets.empty()) m_line_start = m_at;
  }

  void skip_comment() {
    while (m_at < m_source.size() && at() != '\n') ++m_at;
  }

  void name() {
    const auto start = m_at;
    while (continues_name(at())) ++m_at;
    const auto word = m_source.substr(start, m_at - start);
    const bool is_prefix =
        word.size() <= 2 && word.find_first_not_of("rRbBuUfF") == std::string_view::npos;
    if (is_prefix && (at() == '"' || at() == '\'')) return text(word);
    add({Token::Sort::name, std::string(word), m_line}, start);
  }

  void number() {
    const auto start = m_at;
    while (continues_name(at()) || at() == '.') ++m_at;
    add({Token::Sort::number, std::string(m_source.substr(start, m_at - start)), m_line}, start);
  }

  void text(std::string_view prefix) {
    const auto has = [&](char letter) {
      return text::to_lower(prefix).find(letter) != std::string::npos;
    };
    const char quote = at();
    const bool is_long = at(1) == quote && at(2) == quote;
    const auto first_line = m_line;
    Token token{Token::Sort::text, "", first_line, has('f')};
    const auto start = m_at - prefix.size();
    m_at += is_long ? 3 : 1;
    while (true) {
      if (m_at >= m_source.size() || (at() == '\n' && !is_long))
        throw PythonError(first_line, "a text whose quotes are not closed");
      if (at() == quote && (!is_long || (at(1) == quote && at(2) == quote))) break;
      if (at() == '\\') {
        escape(token.text, has('r'));
      } else {
        if (at() == '\n') ++m_line;
        token.text += at();
        ++m_at;
      }
    }
    m_at += is_long ? 3 : 1;
    add(std::move(token), start);
  }

  /// Escapes that an identifier or SQL may hold; the others stay as they are written.
  void escape(std::string& out, bool is_raw) {
    const char next = at(1);
    m_at += 2;
    if (next == '\n') ++m_line;
    if (!is_raw && next == '\n') return;
    if (!is_raw && (next == 'n' || next == 't')) {
      out += next == 'n' ? '\n' : '\t';
      return;
    }
    const bool is_known = next == '\\' || next == '\'' || next == '"';
    if (is_raw || !is_known) out += '\\';
    out += next;
  }

  void sign() {
    const auto start = m_at;
    const char c = at();
    if (c == '(' || c == '[' || c == '{') {
      m_brackets.push_back({c == '(' ? ')' : c == '[' ? ']' : '}', m_line});
    } else if (c == ')' || c == ']' || c == '}') {
      if (m_brackets.empty() || m_brackets.back().closing != c)
        throw PythonError(m_line, std::string("a `") + c + "` that closes nothing");
      m_brackets.pop_back();
    } else if (c == '?' || c == '$' || (c == '!' && at(1) != '=')) {
      throw PythonError(m_line, std::string("`") + c + "` is not Python");
    }
    ++m_at;
    // Two signs that are not two of one: `a == b` assigns nothing.
    const bool is_comparison =
        at() == '=' && std::string_view("=!<>:+-*/%&|^@").find(c) != std::string_view::npos;
    if (is_comparison) ++m_at;
    if (c == '-' && at() == '>') ++m_at;
    add({Token::Sort::sign, std::string(m_source.substr(start, m_at - start)), m_line}, start);
  }

  void add(Token token, std::size_t start) {
    if (m_current.tokens.empty()) {
      m_current.indent = start - m_line_start;
      static constexpr std::string_view k_openers = "@([{-~*.";
      if (token.sort == Token::Sort::sign &&
          k_openers.find(token.text[0]) == std::string_view::npos)
        throw PythonError(token.line, "a line that begins with `" + token.text + "`");
    }
    m_current.tokens.push_back(std::move(token));
  }

  void end_statement() {
    if (!m_current.tokens.empty()) m_statements.push_back(std::move(m_current));
    m_current = {};
  }

  struct Bracket {
    char closing;
    int line;
  };

  std::string_view m_source;
  std::size_t m_at = 0;
  std::size_t m_line_start = 0;
  int m_line = 1;
  std::vector<Bracket> m_brackets;
  Statement m_current;
  std::vector<Statement> m_statements;
};

}  // namespace

std::vector<Statement> read_python(std::string_view source) {
  return Lexer(source).run();
}

}  // namespace pgmend::ledger
