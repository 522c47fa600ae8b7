// SPDX-License-Identifier: MIT
#include "ledger/deeds.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "util/text.hpp"

namespace pgmend::ledger {

namespace {

using Tokens = std::vector<Token>;

/// One call in a statement: `op.create_index("ix", "table", ...)`.
struct Call {
  std::string method;                  // "create_index"
  std::vector<std::string> arguments;  // texts at its own level by position; "" for others
  std::vector<std::string> columns;    // first argument of each Column( inside
  std::vector<std::string> names;      // of constraints and indexes inside: name="..."
  std::string new_name;                // new_column_name="..."
  bool if_missing = false;             // if_not_exists=True
  int line = 0;
};

constexpr auto k_named_makers = std::to_array<std::string_view>(
    {"create_index", "create_unique_constraint", "create_check_constraint", "create_primary_key",
     "create_foreign_key", "create_exclude_constraint"});
constexpr auto k_droppers =
    std::to_array<std::string_view>({"drop_index", "drop_constraint", "drop_column", "drop_table"});

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool opens(const Token& token) {
  return token.is("(") || token.is("[") || token.is("{");
}

bool closes(const Token& token) {
  return token.is(")") || token.is("]") || token.is("}");
}

std::size_t closing(const Tokens& tokens, std::size_t open) {
  int depth = 0;
  for (auto i = open; i < tokens.size(); ++i) {
    if (opens(tokens[i])) ++depth;
    if (closes(tokens[i])) --depth;
    if (depth == 0) return i;
  }
  return tokens.size();
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

Call read_call(const Tokens& tokens, std::size_t at) {
  Call call;
  call.method = tokens[at].text;
  call.line = tokens[at].line;
  call.arguments = arguments_of(tokens, at + 1, closing(tokens, at + 1));
  CallReader(tokens, at, call).read();
  return call;
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

  void read(const Statement& statement) {
    const auto& tokens = statement.tokens;
    if (tokens[0].is("import") || tokens[0].is("from")) return;
    Mention mention{{}, tokens[0].line, false};
    bool any_drop = false;
    bool any_make = false;
    for (const auto& token : tokens)
      if (token.sort == Token::Sort::text)
        for (auto& word : words_of(token.text)) mention.words.insert(std::move(word));
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].sort != Token::Sort::name || i + 1 >= tokens.size() || !tokens[i + 1].is("("))
        continue;
      const auto before = m_result.deeds.size();
      const auto call = read_call(tokens, i);
      const bool is_operation = act(call, statement.indent);
      for (auto d = before; d < m_result.deeds.size(); ++d) {
        auto& deed = m_result.deeds[d];
        (deed.sort == Deed::Sort::drops ? any_drop : any_make) = true;
        deed.if_missing = deed.if_missing || call.if_missing;
      }
      // What is inside a call that was understood is no call of its own.
      if (is_operation) i = closing(tokens, i + 1);
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
    if (is_one_of(k_named_makers, call.method))
      return add(Deed::Sort::makes, in_batch ? m_batch_table : argument(1), argument(0), call.line);
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
    if (!table.empty() || !name.empty())
      m_result.deeds.push_back({sort, table, name, line, is_operation, if_missing});
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
};

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  return split_words(text, "");
}

Deeds read_deeds(const std::vector<Statement>& statements) {
  return DeedReader().read(statements);
}

}  // namespace pgmend::ledger
