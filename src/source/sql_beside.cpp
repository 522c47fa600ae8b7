// SPDX-License-Identifier: MIT
#include "source/sql_beside.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <unordered_map>

#include "source/sql_names.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

using std::string_view;

template <std::size_t N>
bool is_any_of(string_view word, const std::array<string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Whether one of these is among the first words, where key words stand and no names yet.
bool begins_with_any(const ScriptItem& statement, std::initializer_list<string_view> words) {
  constexpr std::size_t k_reach = 6;
  for (std::size_t i = 1; i < k_reach && i < statement.words.size(); ++i)
    if (std::find(words.begin(), words.end(), statement.key(i)) != words.end()) return true;
  return false;
}

bool has_name(string_view text, std::initializer_list<string_view> wanted) {
  bool found = false;
  each_name(text, [&](const std::string& name, string_view) {
    found = std::find(wanted.begin(), wanted.end(), name) != wanted.end();
    return !found;
  });
  return found;
}

/// Walks over the words at the beginning of a statement.
class Head {
 public:
  explicit Head(const ScriptItem& statement) : m_statement(statement) {}

  bool take(string_view word) {
    if (m_statement.key(m_at) != word) return false;
    ++m_at;
    return true;
  }
  /// All of them or none.
  bool take_all(std::initializer_list<string_view> words) {
    const auto before = m_at;
    for (const auto word : words)
      if (!take(word)) return m_at = before, false;
    return true;
  }
  /// The parts of a name, in lower case; nothing if there is none that other texts spell alike.
  std::vector<std::string> parts() {
    std::vector<std::string> found;
    while (m_at < m_statement.words.size() && m_statement.words[m_at].is_name()) {
      const auto& text = m_statement.words[m_at++].text;
      if (!std::all_of(text.begin(), text.end(), is_part_of_name)) return {};
      found.push_back(text::to_lower(text));
      const bool goes_on = m_at < m_statement.words.size() && m_statement.words[m_at].text == "." &&
                           !m_statement.words[m_at].is_name();
      if (!goes_on) return found;
      ++m_at;
    }
    return {};
  }
  bool at(string_view word) const { return m_statement.key(m_at) == word; }
  void skip() { ++m_at; }
  bool at_end() const { return m_at >= m_statement.words.size(); }

 private:
  const ScriptItem& m_statement;
  std::size_t m_at = 0;
};

using Names = std::vector<std::string>;

bool add_name(Head& head, Names& names) {
  auto parts = head.parts();
  if (parts.empty()) return false;
  names.push_back(std::move(parts.back()));
  return true;
}

/// What is behind ON [ONLY].
bool add_relation(Head& head, Names& names) {
  while (!head.at_end() && !head.at("on")) head.skip();
  if (!head.take("on")) return false;
  head.take("only");
  return add_name(head, names);
}

bool add_new(Head& head, Names& names) {
  head.take_all({"if", "not", "exists"});
  return add_name(head, names);
}

bool add_created(Head& head, Names& names) {
  if (head.take_all({"or", "replace"})) return head.take("view") && add_new(head, names);
  head.take("unlogged");
  for (const auto* kind : {"table", "sequence", "type", "view"})
    if (head.take(kind)) return add_new(head, names);
  head.take("unique");
  if (!head.take("index")) return head.take("trigger") && add_relation(head, names);
  if (!head.at("on") && !add_new(head, names)) return false;
  return add_relation(head, names);
}

bool add_altered(Head& head, Names& names) {
  if (!head.take("table")) return false;
  head.take_all({"if", "exists"});
  head.take("only");
  return add_name(head, names) && (head.at("add") || head.at("alter") || head.at("owner"));
}

/// A column's name is the last part, and the relation's the one before it.
bool add_commented(Head& head, Names& names) {
  if (!head.take("on")) return false;
  if (head.take("table") || head.take("view")) return add_name(head, names);
  if (!head.take("column")) return false;
  const auto parts = head.parts();
  if (parts.size() < 2) return false;
  names.push_back(parts[parts.size() - 2]);
  return true;
}

/// What a statement makes or changes, by the last parts of names; nothing for one that may do more
/// than that.
std::optional<Names> names_made(const ScriptItem& statement) {
  Names names;
  Head head(statement);
  const bool is_known = (head.take("create") && add_created(head, names)) ||
                        (head.take("alter") && add_altered(head, names)) ||
                        (head.take("comment") && add_commented(head, names));
  return is_known ? std::optional(names) : std::nullopt;
}

/// CREATE TABLE … AS, which runs a query.
bool runs_query(string_view text) {
  bool was_as = false;
  bool found = false;
  each_name(text, [&](const std::string& name, string_view) {
    static constexpr auto k_queries =
        std::to_array<string_view>({"select", "with", "values", "table", "execute"});
    found = was_as && is_any_of(name, k_queries);
    was_as = name == "as";
    return !found;
  });
  return found;
}

/// A name that the server derives from those of a table and its columns is cut where it is too
/// long, and this much of the table's is in it for certain (makeObjectName in its sources).
constexpr std::size_t k_kept_of_name = 28;

/// Statements that hang together have the same root.
class Groups {
 public:
  explicit Groups(std::size_t size) : m_parents(size) {
    std::iota(m_parents.begin(), m_parents.end(), std::size_t{0});
  }
  std::size_t root(std::size_t one) {
    while (m_parents[one] != one) one = m_parents[one] = m_parents[m_parents[one]];
    return one;
  }
  void join(std::size_t a, std::size_t b) { m_parents[root(a)] = root(b); }

 private:
  std::vector<std::size_t> m_parents;
};

/// Whoever names something that is made or changed here, or locked, belongs to whoever does it.
class Joining {
 public:
  explicit Joining(std::span<const ScriptItem> statements)
      : m_statements(statements), m_groups(statements.size()) {
    for (std::size_t i = 0; i < statements.size(); ++i)
      for (const auto& name : names_made(statements[i]).value_or(Names())) claim(name, i);
    for (std::size_t i = 0; i < statements.size(); ++i) claim_locked(i);
    for (std::size_t i = 0; i < statements.size(); ++i)
      each_name(statements[i].text, [&](const std::string& name, string_view) {
        meet(name, i);
        return true;
      });
  }
  std::size_t root(std::size_t one) { return m_groups.root(one); }

 private:
  void claim(const std::string& name, std::size_t by) {
    for (const auto& part : {name, name.substr(0, k_kept_of_name)}) {
      const auto [at, is_new] = m_claimed.try_emplace(part, by);
      if (!is_new) m_groups.join(by, at->second);
    }
  }

  /// A relation that a table refers to is locked along with it. Its name is behind the schema's.
  void claim_locked(std::size_t by) {
    if (m_statements[by].key(1) != "table" && m_statements[by].key(2) != "table") return;
    bool is_next = false;
    each_name(m_statements[by].text, [&](const std::string& name, string_view behind) {
      if (is_next) claim(name, by);
      const bool goes_on = is_next && behind.substr(0, 2).find('.') != string_view::npos;
      is_next = goes_on || name == "references" || name == "like" || name == "of";
      return true;
    });
  }

  /// A part of it that ends before `_` may be the table that it was derived from.
  void meet(const std::string& name, std::size_t by) {
    look_up(name, by);
    for (auto at = name.find('_', 1); at != std::string::npos; at = name.find('_', at + 1))
      look_up(name.substr(0, at), by);
    if (name.size() > k_kept_of_name) look_up(name.substr(0, k_kept_of_name), by);
  }

  void look_up(const std::string& name, std::size_t by) {
    const auto found = m_claimed.find(name);
    if (found != m_claimed.end()) m_groups.join(by, found->second);
  }

  std::span<const ScriptItem> m_statements;
  Groups m_groups;
  std::unordered_map<std::string, std::size_t> m_claimed;
};

}  // namespace

bool may_share_transaction(const ScriptItem& statement) {
  static constexpr auto k_first =
      std::to_array<string_view>({"create", "alter", "comment", "grant", "revoke", "drop"});
  if (!is_any_of(statement.key(0), k_first)) return false;
  // A new label cannot be used in the transaction that adds it.
  if (statement.key(0) == "alter" && statement.key(1) == "type") return false;
  // What stands alone, what goes with its transaction, and what often fails without being wrong.
  return !begins_with_any(statement, {"concurrently", "temp", "temporary", "extension", "event"});
}

bool only_adds(const ScriptItem& statement) {
  if (!may_share_transaction(statement) || !names_made(statement)) return false;
  const auto& text = statement.text;
  // Names that are spelled by numbers.
  if (text.find('\\') != std::string::npos || text.find("&\"") != std::string::npos) return false;
  const bool is_view = statement.key(1) == "view" || statement.key(3) == "view";
  if (statement.key(0) == "create") return is_view || !runs_query(text);
  return statement.key(0) != "alter" || !has_name(text, {"drop"});
}

bool hangs_together(std::span<const ScriptItem> statements) {
  return std::any_of(statements.begin(), statements.end(), [](const ScriptItem& statement) {
    return has_name(statement.text, {"temp", "temporary", "pg_temp", "inherits", "inherit",
                                     "partition", "attach", "authorization"});
  });
}

std::optional<Halves> in_halves(std::span<const ScriptItem> statements) {
  Joining joining(statements);
  std::unordered_map<std::size_t, std::size_t> sizes;
  for (std::size_t i = 0; i < statements.size(); ++i) ++sizes[joining.root(i)];
  std::vector<std::pair<std::size_t, std::size_t>> groups;  // size, root
  for (const auto& [root, size] : sizes) groups.emplace_back(size, root);
  std::sort(groups.rbegin(), groups.rend());
  std::unordered_map<std::size_t, bool> is_in_second;
  std::array<std::size_t, 2> filled = {0, 0};
  for (const auto& [size, root] : groups) {
    const bool second = filled[1] < filled[0];
    is_in_second[root] = second;
    filled[second ? 1 : 0] += size;
  }
  // The smaller half must be worth it.
  if (std::min(filled[0], filled[1]) * 5 < statements.size()) return std::nullopt;
  Halves halves;
  for (std::size_t i = 0; i < statements.size(); ++i)
    (is_in_second[joining.root(i)] ? halves.second : halves.first).push_back(&statements[i]);
  return halves;
}

}  // namespace pgmend::source
