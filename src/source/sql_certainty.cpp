// SPDX-License-Identifier: MIT
#include "source/sql_certainty.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "source/sql_names.hpp"
#include "source/sql_sort.hpp"

namespace pgmend::source {

namespace {

using std::string_view;

template <std::size_t N>
bool stands_in(string_view word, const std::array<string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// They run code.
constexpr auto k_running =
    std::to_array<string_view>({"do", "select", "call", "values", "table", "explain"});
/// They do not, and what they make is told by their text.
constexpr auto k_quiet = std::to_array<string_view>(
    {"create",  "alter",      "drop",    "comment", "grant",    "revoke",     "security",
     "set",     "reset",      "discard", "vacuum",  "analyze",  "reindex",    "lock",
     "cluster", "checkpoint", "notify",  "listen",  "unlisten", "deallocate", "show"});
/// Rows are written or read: triggers, rules and defaults run, whatever they are.
constexpr auto k_rows =
    std::to_array<string_view>({"insert", "update", "delete", "merge", "truncate", "refresh"});
/// What runs is put together meanwhile, or comes from elsewhere.
constexpr auto k_unknown =
    std::to_array<string_view>({"execute", "copy", "load", "import", "tablesample"});
/// As texts these are moments: `DEFAULT 'now'` is when the statement runs.
constexpr auto k_moments =
    std::to_array<string_view>({"now", "today", "tomorrow", "yesterday", "allballs"});

using NameSet = std::set<std::string>;

NameSet names_in(string_view text) {
  NameSet names;
  each_name(text, [&](std::string name, string_view) {
    names.insert(std::move(name));
    return true;
  });
  return names;
}

template <std::size_t N>
bool has_any_of(const NameSet& names, const std::array<string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](string_view word) { return names.contains(std::string(word)); });
}

bool creates(const ScriptItem& statement, std::initializer_list<string_view> kinds) {
  constexpr std::size_t k_reach = 5;  // CREATE OR REPLACE TRUSTED LANGUAGE
  if (statement.key(0) != "create") return false;
  for (std::size_t i = 1; i < k_reach; ++i)
    if (std::find(kinds.begin(), kinds.end(), statement.key(i)) != kinds.end()) return true;
  return false;
}

/// What one pass over a text tells.
struct Look {
  bool has_moment = false;  // as a word
  bool has_bounds = false;  // of a partition: expressions, whose values count
  bool has_query = false;   // CREATE TABLE … AS
};

Look look_at(string_view text) {
  Look look;
  bool has_partition = false;
  bool has_values = false;
  bool was_as = false;
  each_name(text, [&](const std::string& name, string_view) {
    look.has_moment = look.has_moment || stands_in(name, k_moments);
    has_partition = has_partition || name == "partition";
    has_values = has_values || name == "values";
    look.has_query =
        look.has_query ||
        (was_as && (name == "select" || name == "with" || name == "values" || name == "execute"));
    was_as = name == "as";
    return true;
  });
  look.has_bounds = has_partition && has_values;
  return look;
}

/// Its query runs when it is made.
bool is_made_by_query(const ScriptItem& statement, const Look& look) {
  return creates(statement, {"materialized"}) || (creates(statement, {"table"}) && look.has_query);
}

/// Comments and strings, where one of those words is a moment only in a string: its text is
/// shorter than this.
constexpr std::size_t k_longest_moment = 150;

bool names_moment(string_view gap) {
  for (std::size_t at = 0; at < gap.size();) {
    if (gap.substr(at).starts_with("--")) {
      at = std::min(gap.find('\n', at), gap.size());
    } else if (gap.substr(at).starts_with("/*")) {
      const auto end = gap.find("*/", at + 2);
      at = end == string_view::npos ? gap.size() : end + 2;
    } else if (gap[at] == '\'' || gap[at] == '$') {
      const auto string = gap.substr(at);  // to its end, and what follows
      return string.size() < k_longest_moment && has_any_of(names_in(string), k_moments);
    } else {
      ++at;
    }
  }
  return false;
}

/// Whether one of its constants is the moment when it runs. The body of a function is none.
bool holds_moment(const ScriptItem& statement, const Look& look) {
  if (!look.has_moment || statement.key(0) == "comment") return false;
  const bool has_body = creates(statement, {"function", "procedure"});
  const string_view text = statement.text;
  std::size_t end = 0;
  string_view last;
  const auto words = sql::words(text);
  for (const auto& word : words) {
    const bool is_body = has_body && last == "as";
    if (!is_body && names_moment(text.substr(end, word.begin - end))) return true;
    end = word.end;
    last = word.form == sql::Word::Form::bare ? string_view(word.text) : string_view();
  }
  return !(has_body && last == "as") && names_moment(text.substr(end));
}

/// Others can look at whatever they like.
bool is_in_known_language(string_view text) {
  bool is_known = true;
  bool is_next = false;
  each_name(text, [&](const std::string& name, string_view) {
    if (is_next && name != "plpgsql" && name != "sql") is_known = false;
    is_next = name == "language";
    return is_known;
  });
  return is_known;
}

class Tracing {
 public:
  Tracing(const SqlScript& script, bool rows_too) : m_script(script), m_rows_too(rows_too) {}

  RunningCode trace() {
    for (const auto& item : m_script.items) {
      take(item);
      if (!m_code.is_known) return {false, {}};
    }
    if (m_code.words.empty()) return {};
    // What is called, and what that calls, is told by its name.
    for (bool grows = true; grows && m_code.is_known;) {
      grows = false;
      for (auto& [item, is_reached] : m_callable) {
        if (is_reached || !(m_reaches_all || is_named(*item))) continue;
        is_reached = grows = true;
        run(*item);
      }
    }
    if (m_reaches_all)
      for (const auto& item : m_script.items)
        if (sort_of(item) == StatementSort::schema) run(item);
    return std::move(m_code);
  }

 private:
  void take(const ScriptItem& item) {
    const auto sort = sort_of(item);
    if (sort == StatementSort::data) return m_rows_too ? run(item) : void();
    if (sort == StatementSort::outside && !m_rows_too) return;
    const auto look = look_at(item.text);
    const bool is_running = stands_in(item.key(0), k_running);
    const bool is_schema = sort == StatementSort::schema;
    // From an event trigger on every statement runs code.
    if (holds_moment(item, look) || creates(item, {"event"}) ||
        (is_schema && !is_running && !stands_in(item.key(0), k_quiet))) {
      m_code.is_known = false;
    } else if (is_running || (is_schema && (is_made_by_query(item, look) || look.has_bounds))) {
      run(item);
    } else if (creates(item, {"function", "procedure", "aggregate", "view", "rule", "operator",
                              "cast"})) {
      m_callable.push_back({&item, false});
    }
  }

  void run(const ScriptItem& item) {
    const auto names = names_in(item.text);
    if (has_any_of(names, k_unknown) || !is_in_known_language(item.text)) m_code.is_known = false;
    if (has_any_of(names, k_rows)) m_reaches_all = true;
    m_code.words.insert(names.begin(), names.end());
  }

  /// Whether something that runs names what this makes. Operators and casts have no names.
  bool is_named(const ScriptItem& item) const {
    if (creates(item, {"operator", "cast"})) return true;
    for (std::size_t i = 1; i < item.words.size() && item.words[i].text != "("; ++i)
      if (item.words[i].is_name() && item.key(i) != "function" && item.key(i) != "view" &&
          item.key(i) != "or" && m_code.words.contains(text::to_lower(item.words[i].text)))
        return true;
    return false;
  }

  struct Callable {
    const ScriptItem* item;
    bool is_reached;
  };
  const SqlScript& m_script;
  bool m_rows_too;
  RunningCode m_code;
  std::vector<Callable> m_callable;
  bool m_reaches_all = false;
};

}  // namespace

RunningCode running_code(const SqlScript& script, bool rows_too) {
  return Tracing(script, rows_too).trace();
}

/// Functions of the server's own that are volatile, but for those that only change something here,
/// and those that are stable as long as a statement runs; of extensions, all that are not
/// immutable. Views that show the server at work. Key words that are no functions. Settings that
/// are others each time.
const char* const k_is_fickle =
    "SELECT EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.proname = ANY ($1::text[]) "
    "AND p.provolatile <> 'i' AND CASE "
    "WHEN p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace THEN EXISTS "
    "(SELECT FROM pg_catalog.pg_depend d WHERE d.classid = "
    "'pg_catalog.pg_proc'::pg_catalog.regclass "
    "AND d.objid = p.oid AND d.deptype = 'e') "
    "WHEN p.provolatile = 'v' THEN p.proname <> ALL (ARRAY['set_config', 'setval', 'nextval', "
    "'currval', 'lastval', 'pg_notify', 'pg_sleep', 'pg_sleep_for', 'pg_extension_config_dump', "
    "'pg_advisory_lock', 'pg_advisory_unlock', 'pg_advisory_xact_lock', 'system', 'bernoulli', "
    "'amvalidate', 'plpgsql_call_handler', 'plpgsql_inline_handler', 'plpgsql_validator', "
    "'suppress_redundant_updates_trigger', 'tsvector_update_trigger', "
    "'tsvector_update_trigger_column', 'unique_key_recheck']) "
    "ELSE p.proname ~ '^(pg_stat|pg_current|txid_|inet_|database_to_xml)' "
    "OR p.proname = ANY (ARRAY['now', 'age', 'mxid_age', 'current_database', "
    "'statement_timestamp', "
    "'transaction_timestamp', 'pg_backend_pid', 'pg_conf_load_time', 'pg_postmaster_start_time', "
    "'pg_cursor', 'pg_filenode_relation', 'pg_relation_filenode', 'pg_relation_filepath', "
    "'pg_get_replication_slots', 'pg_show_all_settings', 'pg_prepared_statement', "
    "'pg_listening_channels']) END) "
    "OR EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relname = ANY ($1::text[]) "
    "AND c.relkind = 'v' AND c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace "
    "AND c.relname <> ALL (ARRAY['pg_tables', 'pg_indexes', 'pg_views', 'pg_matviews', "
    "'pg_sequences', 'pg_policies', 'pg_rules', 'pg_roles', 'pg_user', 'pg_group', "
    "'pg_available_extensions', 'pg_available_extension_versions'])) "
    "OR $1::text[] && ARRAY['current_date', 'current_time', 'current_timestamp', 'localtime', "
    "'localtimestamp', 'current_catalog', 'today', 'tomorrow', 'yesterday', 'data_directory', "
    "'config_file', 'hba_file', 'ident_file', 'unix_socket_directories', 'relfilenode', 'xmin', "
    "'pg_largeobject', 'dblink'] AS is_fickle";

}  // namespace pgmend::source
