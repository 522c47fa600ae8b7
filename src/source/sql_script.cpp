// SPDX-License-Identifier: MIT
#include "source/sql_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "model/spec_error.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

constexpr auto k_none = std::string_view::npos;
constexpr std::size_t k_beginning_columns = 60;

bool is_mark(const sql::Word& word, char c) {
  return word.form == sql::Word::Form::mark && word.text[0] == c;
}

/// `text` up to the next line break, without it and what Windows puts before it.
std::string_view first_line(std::string_view text) {
  auto line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool ends_statement(std::string_view command) {
  const auto word = command.substr(0, command.find_first_of(" \t"));
  return word == "\\g" || word == "\\gx";
}

/// Where a secret may begin: that is for nobody's log.
std::size_t secret_in(const std::vector<sql::Word>& words, std::size_t size) {
  for (const auto& word : words)
    for (const auto* before : {"password", "options", "connection"})
      if (word.form == sql::Word::Form::bare && word.text == before) return word.end;
  return size;
}

/// Where no secret stands, and what it creates is told early.
std::size_t words_worth_keeping(const std::vector<sql::Word>& words) {
  if (words.size() < 2 || words[0].text != "create") return k_words_kept;
  for (const auto* kind : {"table", "index", "unique", "view", "type", "sequence", "trigger"})
    if (words[1].text == kind) return k_words_kept_of_create;
  return k_words_kept;
}

}  // namespace

std::string_view ScriptItem::key(std::size_t position) const {
  if (position >= words.size() || words[position].form != sql::Word::Form::bare) return {};
  return words[position].text;
}

std::string ScriptItem::beginning() const {
  const auto shown = std::string_view(text).substr(0, secret_in(words, text.size()));
  std::string out;
  for (const char c : shown) {
    const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
    if (text::width(out) > k_beginning_columns) break;
  }
  if (text::width(out) <= k_beginning_columns)
    return shown.size() < text.size() ? out + " ..." : out;
  out.pop_back();  // the first byte of what is one too many
  return out + " ...";
}

ScriptReader::ScriptReader(std::string_view text, std::string file)
    : m_text(text), m_file(std::move(file)), m_reader(text) {
  m_lines.push_back(0);
  for (auto at = text.find('\n'); at != k_none; at = text.find('\n', at + 1))
    m_lines.push_back(at + 1);
}

std::optional<ScriptItem> ScriptReader::next() {
  while (const auto word = m_reader.next()) {
    if (is_mark(*word, '\\')) {
      auto found = command(word->begin);
      if (!ends_statement(found.text)) return found;
      if (auto ended = statement(word->begin)) return ended;
    } else if (is_mark(*word, ';') && m_parentheses <= 0 && m_bodies == 0) {
      if (auto ended = statement(word->begin)) return ended;
    } else {
      take(*word);
    }
  }
  if (const auto& unclosed = m_reader.unclosed())
    throw SpecError(Fault{.where = location(unclosed->begin),
                          .message = fmt::format("this {} is not closed", unclosed->what),
                          .hint = "psql would wait for its end, too"});
  return statement(m_text.size());
}

/// No statement begins with one: psql would send it, and get a syntax error.
void ScriptReader::refuse_string_before(std::size_t end) const {
  const auto string = m_reader.last_string();
  if (!m_words.empty() || !string || *string < m_start || *string >= end) return;
  throw SpecError(Fault{.where = location(*string),
                        .message = "a statement cannot begin with a string constant",
                        .hint = "psql would not take it either: is a quote in the wrong place?"});
}

void ScriptReader::take(const sql::Word& word) {
  refuse_string_before(word.begin);
  if (is_mark(word, '(')) ++m_parentheses;
  if (is_mark(word, ')')) --m_parentheses;
  if (word.form == sql::Word::Form::bare) {
    track_bodies(word);
    if (m_parentheses == 0 && m_last == "from" && (word.text == "stdin" || word.text == "pstdin"))
      m_from_stdin = true;
  }
  m_last = word.form == sql::Word::Form::bare ? word.text : "";
  if (m_words.size() < k_words_kept) m_words.push_back(word);
}

/// As psql tells where the body of CREATE FUNCTION … BEGIN ATOMIC … END goes (PostgreSQL 14).
void ScriptReader::track_bodies(const sql::Word& word) {
  constexpr std::size_t k_enough = 4;
  if (m_names.size() < k_enough) m_names.push_back(word.text);
  const auto is_routine = [&](std::size_t i) {
    return i < m_names.size() && (m_names[i] == "function" || m_names[i] == "procedure");
  };
  const bool creates_routine =
      m_names[0] == "create" &&
      (is_routine(1) || (m_names.size() > 2 && m_names[1] == "or" && is_routine(3)));
  if (!creates_routine || m_parentheses != 0) return;
  if (word.text == "begin" || (word.text == "case" && m_bodies > 0)) ++m_bodies;
  if (word.text == "end" && m_bodies > 0) --m_bodies;
}

std::optional<ScriptItem> ScriptReader::statement(std::size_t end) {
  if (m_words.empty()) {
    refuse_string_before(end);
    start_over();
    return std::nullopt;
  }
  const auto begin = m_words.front().begin;
  ScriptItem item;
  item.text = text::trim(m_text.substr(begin, end - begin));
  item.where = location(begin);
  const auto kept = std::min(m_words.size(), words_worth_keeping(m_words));
  item.words.assign(std::make_move_iterator(m_words.begin()),
                    std::make_move_iterator(m_words.begin() + static_cast<std::ptrdiff_t>(kept)));
  for (auto& word : item.words) {
    word.begin -= begin;
    word.end -= begin;
  }
  item.is_copy_in = item.key(0) == "copy" && m_from_stdin;
  start_over();
  if (item.is_copy_in) skip_copy_data();
  return item;
}

/// It goes to the end of its line, whatever stands in it.
ScriptItem ScriptReader::command(std::size_t begin) {
  const auto line = first_line(m_text.substr(begin));
  m_reader.skip_to(begin + line.size());
  ScriptItem item;
  item.sort = ScriptItem::Sort::command;
  item.text = text::trim(line);
  item.where = location(begin);
  const auto words = text::split(item.text, ' ');
  const bool copies_in = words.front() == "\\copy" && line.find("stdin") != k_none;
  if (copies_in) skip_copy_data();
  return item;
}

/// From the line behind the statement up to one that is `\.` and nothing else.
void ScriptReader::skip_copy_data() {
  auto at = m_text.find('\n', m_reader.at());
  while (at != k_none) {
    const auto line = first_line(m_text.substr(at + 1));
    if (line == "\\.") return m_reader.skip_to(at + 1 + line.size());
    at = m_text.find('\n', at + 1);
  }
  m_reader.skip_to(m_text.size());
}

void ScriptReader::start_over() {
  m_words.clear();
  m_names.clear();
  m_last.clear();
  m_parentheses = 0;
  m_bodies = 0;
  m_from_stdin = false;
  m_start = m_reader.at();
}

SourceLocation ScriptReader::location(std::size_t offset) const {
  const auto line = std::upper_bound(m_lines.begin(), m_lines.end(), offset) - m_lines.begin();
  const auto start = m_lines[static_cast<std::size_t>(line) - 1];
  return {m_file, static_cast<int>(line),
          static_cast<int>(text::width(m_text.substr(start, offset - start))) + 1};
}

SourceLocation place_in(const ScriptItem& statement, int position) {
  auto where = statement.where;
  for (std::size_t i = 0; i < statement.text.size() && position > 1; ++i) {
    const char c = statement.text[i];
    const auto next = i + 1 < statement.text.size() ? statement.text[i + 1] : ' ';
    if ((static_cast<unsigned char>(next) & 0xC0U) == 0x80U) continue;  // inside a character
    --position;
    if (c == '\n') {
      ++where.line;
      where.column = 1;
    } else {
      ++where.column;
    }
  }
  return where;
}

}  // namespace pgmend::source
