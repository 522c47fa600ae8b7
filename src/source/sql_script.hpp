// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/object.hpp"
#include "util/sql_words.hpp"

/// SQL as psql reads it: taken apart into statements, not understood.
namespace pgmend::source {

/// A statement or one of psql's own commands, as it stands in a file.
struct ScriptItem {
  enum class Sort {
    statement,  // `text` without the semicolon
    command,    // `text` from the backslash to the end of the line
  };
  Sort sort = Sort::statement;
  std::string text;
  SourceLocation where;          // of its first word
  std::vector<sql::Word> words;  // the first of them
  bool is_copy_in = false;       // COPY … FROM STDIN: its data was skipped

  /// The word at this place, in lower case; empty for a quoted name, a mark, and past the end.
  std::string_view key(std::size_t position) const;
  /// "CREATE TABLE api_keys": how the statement begins, for people.
  std::string beginning() const;
};

/// How many of a statement's first words are kept: of most statements of a schema, what they create
/// is told by few.
inline constexpr std::size_t k_words_kept = 48;
inline constexpr std::size_t k_words_kept_of_create = 16;

/// Splits a text as psql does (its documentation, "Meta-Commands"): at semicolons outside of
/// strings, comments, parentheses and BEGIN ATOMIC bodies.
class ScriptReader {
 public:
  /// `text` must outlive the reader; `file` is for locations.
  ScriptReader(std::string_view text, std::string file);

  /// The next one; nothing at the end. Throws SpecError for a string or comment that is not closed.
  std::optional<ScriptItem> next();

 private:
  std::optional<ScriptItem> statement(std::size_t end);
  ScriptItem command(std::size_t begin);
  void take(const sql::Word& word);
  void track_bodies(const sql::Word& word);
  void skip_copy_data();
  void start_over();
  void refuse_string_before(std::size_t end) const;
  SourceLocation location(std::size_t offset) const;

  std::string_view m_text;
  std::string m_file;
  std::vector<std::size_t> m_lines;  // where they begin
  sql::WordReader m_reader;

  // The statement that is being read.
  std::size_t m_start = 0;  // behind the one before
  std::vector<sql::Word> m_words;
  std::vector<std::string> m_names;  // its first bare words, for track_bodies()
  std::string m_last;
  int m_parentheses = 0;
  int m_bodies = 0;
  bool m_from_stdin = false;
};

/// Where a place in a statement is in its file; `position` counts characters from 1.
SourceLocation place_in(const ScriptItem& statement, int position);

}  // namespace pgmend::source
