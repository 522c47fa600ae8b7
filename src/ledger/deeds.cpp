// SPDX-License-Identifier: MIT
#include "ledger/deeds.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "ledger/python_calls.hpp"

namespace pgmend::ledger {

namespace {

using Tokens = std::vector<Token>;

constexpr auto k_named_makers = std::to_array<std::string_view>(
    {"create_index", "create_unique_constraint", "create_check_constraint", "create_primary_key",
     "create_foreign_key", "create_exclude_constraint"});
constexpr auto k_droppers =
    std::to_array<std::string_view>({"drop_index", "drop_constraint", "drop_column", "drop_table"});

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Runs of letters, digits and the signs that names may hold, in lower case.
std::vector<std::string> split_words(std::string_view text, std::string_view more) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"') continue;
    if (std::isalnum(byte) != 0 || c == '_' || c == '$' || byte >= 0x80 ||
        more.find(c) != std::string_view::npos) {
      word += static_cast<char>(std::tolower(byte));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

/// With the schemas in front of names.
std::vector<std::string> names_of(std::string_view sql) {
  return split_words(sql, ".");
}

class DeedReader {
 public:
  Deeds read(const std::vector<Statement>& statements) {
    bool in_downgrade = false;
    for (const auto& statement : statements) {
      const auto& tokens = statement.tokens;
      if (statement.indent == 0) in_downgrade = is_downgrade(tokens);
      if (in_downgrade) continue;
      if (statement.indent <= m_batch_indent) m_batch_table.clear();
      if (m_asked_indent && statement.indent <= *m_asked_indent) m_asked_indent.reset();
      if (!m_asked_indent && asks_what_is_there(tokens)) m_asked_indent = statement.indent;
      read(statement);
    }
    return std::move(m_result);
  }

 private:
  static bool is_downgrade(const Tokens& tokens) {
    const std::size_t at = tokens[0].is("async") ? 1 : 0;
    return at + 1 < tokens.size() && tokens[at].is("def") &&
           tokens[at + 1].text.starts_with("downgrade");
  }

  /// `if lacks(...):`, as revisions have it that pgmend wrote, and what others write in its place.
  static bool asks_what_is_there(const Tokens& tokens) {
    return tokens[0].is("if") && std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
             return token.is("lacks") || token.is("has_table");
           });
  }

  void read(const Statement& statement) {
    const auto& tokens = statement.tokens;
    if (tokens[0].is("import") || tokens[0].is("from")) return;
    Mention mention{{}, tokens[0].line, false};
    bool any_drop = false;
    bool any_make = false;
    for (const auto& token : tokens)
      if (token.sort == Token::Sort::text)
        for (auto& word : words_of(token.text)) mention.words.insert(std::move(word));
    const auto first = m_result.deeds.size();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].sort != Token::Sort::name || i + 1 >= tokens.size() || !tokens[i + 1].is("("))
        continue;
      const auto before = m_result.deeds.size();
      const auto call = read_call(tokens, i);
      const bool is_operation = act(call, statement.indent);
      for (auto d = before; d < m_result.deeds.size(); ++d) {
        auto& deed = m_result.deeds[d];
        (deed.sort == Deed::Sort::drops ? any_drop : any_make) = true;
        deed.if_missing = deed.if_missing || call.if_missing || m_asked_indent.has_value();
      }
      // What is inside a call that was understood is no call of its own.
      if (is_operation) i = closing(tokens, i + 1);
    }
    if (first < m_result.deeds.size()) {
      const auto unnamed = unnamed_in(tokens);
      for (auto d = first; d < m_result.deeds.size(); ++d) m_result.deeds[d].unnamed = unnamed;
    }
    mention.only_drops = any_drop && !any_make;
    if (!mention.words.empty()) m_result.mentions.push_back(std::move(mention));
  }

  /// True if the call was understood.
  bool act(const Call& call, std::size_t indent) {
    const auto argument = [&](std::size_t number) {
      return number < call.arguments.size() ? call.arguments[number] : "";
    };
    const bool in_batch = !m_batch_table.empty();
    if (call.method == "batch_alter_table") {
      m_batch_table = argument(0);
      m_batch_indent = indent;
      return true;
    }
    // Without a text of its own, `text("...")` inside it is looked at.
    if (call.method == "execute") return !argument(0).empty() && sql(argument(0), call.line);
    if (call.method == "create_table") return create_table(call, argument(0));
    if (is_one_of(k_named_makers, call.method)) {
      // Without a name, it is not the table that is made.
      const auto sort = argument(0).empty() ? Deed::Sort::changes : Deed::Sort::makes;
      return add(sort, in_batch ? m_batch_table : argument(1), argument(0), call.line);
    }
    if (is_one_of(k_droppers, call.method)) return drop(call, argument(0), argument(1), in_batch);
    if (call.method == "rename_table") {
      add(Deed::Sort::drops, argument(0), "", call.line);
      return add(Deed::Sort::makes, argument(1), "", call.line);
    }
    if (call.method == "alter_column") {
      const auto table = in_batch ? m_batch_table : argument(0);
      const auto column = in_batch ? argument(0) : argument(1);
      if (call.new_name.empty()) return add(Deed::Sort::changes, table, column, call.line);
      add(Deed::Sort::drops, table, column, call.line);
      return add(Deed::Sort::makes, table, call.new_name, call.line);
    }
    // add_column, and helpers of the project that take a table and columns.
    if (!call.columns.empty() && call.method != "Column" && call.method != "Table") {
      const auto table = in_batch ? m_batch_table : argument(0);
      if (table.empty()) return false;
      for (const auto& column : call.columns) add(Deed::Sort::makes, table, column, call.line);
      return true;
    }
    return call.arguments.size() == 1 && sql(argument(0), call.line);
  }

  bool create_table(const Call& call, const std::string& table) {
    add(Deed::Sort::makes, table, "", call.line);
    for (const auto& column : call.columns) add(Deed::Sort::makes, table, column, call.line);
    for (const auto& name : call.names) add(Deed::Sort::makes, table, name, call.line);
    return true;
  }

  bool drop(const Call& call, const std::string& first, const std::string& second, bool in_batch) {
    if (call.method == "drop_table") return add(Deed::Sort::drops, first, "", call.line);
    if (call.method == "drop_column")
      return add(Deed::Sort::drops, in_batch ? m_batch_table : first, in_batch ? first : second,
                 call.line);
    return add(Deed::Sort::drops, in_batch ? m_batch_table : second, first, call.line);
  }

  bool add(Deed::Sort sort, const std::string& table, const std::string& name, int line,
           bool is_operation = true, bool if_missing = false) {
    // What our own revisions need for a while only.
    if (name.starts_with("pgmend_")) return true;
    if (!table.empty() || !name.empty())
      m_result.deeds.push_back({sort, table, name, line, is_operation, if_missing, 0});
    return true;
  }

  /// The statements that are written by hand most often. Everything else is left to mentions.
  bool sql(const std::string& text, int line) {
    const auto words = names_of(text);
    // A name's schema is left out.
    const auto word = [&](std::size_t at) {
      return at < words.size() ? words[at].substr(words[at].rfind('.') + 1) : std::string();
    };
    const auto skip = [&](std::size_t at, std::initializer_list<std::string_view> optional) {
      for (const auto& next : optional)
        if (word(at) == next) ++at;
      return at;
    };
    if (word(0) == "create") {
      auto at = skip(1, {"unique", "unlogged"});
      if (word(at) == "table") {
        const auto name = skip(at + 1, {"if", "not", "exists"});
        return add(Deed::Sort::makes, word(name), "", line, false, name > at + 1);
      }
      if (word(at) != "index") return false;
      const auto condition = skip(at + 1, {"concurrently"});
      at = skip(condition, {"if", "not", "exists"});
      const auto on = skip(at + 1, {"on", "only"});
      return add(Deed::Sort::makes, word(on), word(at), line, false, at > condition);
    }
    if (word(0) != "alter" || word(1) != "table") return false;
    const auto table = skip(2, {"if", "exists", "only"});
    auto at = table + 1;
    if (word(at) != "add") return false;
    const auto condition = skip(at + 1, {"column", "constraint"});
    at = skip(condition, {"if", "not", "exists"});
    return add(Deed::Sort::makes, word(table), word(at), line, false, at > condition);
  }

  Deeds m_result;
  std::string m_batch_table;
  std::size_t m_batch_indent = 0;
  std::optional<std::size_t> m_asked_indent;  // of an `if` that asks what is there
};

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  return split_words(text, "");
}

Deeds read_deeds(const std::vector<Statement>& statements) {
  return DeedReader().read(statements);
}

}  // namespace pgmend::ledger
