// SPDX-License-Identifier: MIT
#include "app/watch/history.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/errors.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

/// "pgmw" in ASCII: SQLite keeps it in the file's head (PRAGMA application_id).
constexpr int k_application = 0x70676d77;
constexpr int k_form = 1;
/// More than that is forgotten, the oldest first.
constexpr int k_kept = 10'000;

long long milliseconds(std::chrono::system_clock::time_point at) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

/// One prepared statement.
class Prepared {
 public:
  Prepared(sqlite3* database, const char* sql) {
    if (sqlite3_prepare_v2(database, sql, -1, &m_statement, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(database));
  }
  ~Prepared() { sqlite3_finalize(m_statement); }
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  void bind(int position, const std::string& text) {
    sqlite3_bind_text(m_statement, position, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
  }
  void bind(int position, long long number) { sqlite3_bind_int64(m_statement, position, number); }
  bool step() {
    const int code = sqlite3_step(m_statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
      throw std::runtime_error(sqlite3_errmsg(sqlite3_db_handle(m_statement)));
    return code == SQLITE_ROW;
  }
  void reset() { sqlite3_reset(m_statement); }
  std::string text(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(m_statement, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
    return bytes ? std::string(bytes, size) : std::string();
  }
  long long number(int column) const { return sqlite3_column_int64(m_statement, column); }

 private:
  sqlite3_stmt* m_statement = nullptr;
};

}  // namespace

void History::Close::operator()(sqlite3* database) const {
  sqlite3_close(database);
}

History::History(const std::filesystem::path& file) : m_shown(text::visible(file.string())) {
  sqlite3* opened = nullptr;
  const auto path = file.empty() ? std::string(":memory:") : file.string();
  const int code =
      sqlite3_open_v2(path.c_str(), &opened,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
  m_database.reset(opened);
  if (code != SQLITE_OK)
    throw UsageError(fmt::format("--history {}: {}", m_shown,
                                 opened ? sqlite3_errmsg(opened) : "cannot be opened"),
                     "name a file in a folder that may be written to");
  constexpr int k_patience_ms = 2000;
  sqlite3_busy_timeout(m_database.get(), k_patience_ms);
  prepare();
}

History::~History() = default;

void History::run(const std::string& sql) const {
  char* message = nullptr;
  if (sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
  const std::string words = message ? message : sqlite3_errmsg(m_database.get());
  sqlite3_free(message);
  throw UsageError(fmt::format("--history {}: {}", m_shown, words),
                   "name another file, or take this one away: it is made anew");
}

void History::prepare() {
  run("PRAGMA journal_mode = WAL");
  long long application = 0;
  long long form = 0;
  long long tables = 0;
  try {
    Prepared id(m_database.get(), "PRAGMA application_id");
    if (id.step()) application = id.number(0);
    Prepared version(m_database.get(), "PRAGMA user_version");
    if (version.step()) form = version.number(0);
    Prepared count(m_database.get(), "SELECT count(*) FROM sqlite_schema");
    if (count.step()) tables = count.number(0);
  } catch (const std::runtime_error& error) {
    throw UsageError(fmt::format("--history {}: {}", m_shown, error.what()),
                     "name another file, or take this one away: it is made anew");
  }
  if (tables > 0 && (application != k_application || form != k_form))
    throw UsageError(fmt::format("--history {} is {}", m_shown,
                                 application == k_application ? "of another version of pgmend"
                                                              : "another program's"),
                     "name another file");
  run(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};"
                  "CREATE TABLE IF NOT EXISTS standing (member TEXT, what TEXT,"
                  "  PRIMARY KEY (member, what)) WITHOUT ROWID;"
                  "CREATE TABLE IF NOT EXISTS change (id INTEGER PRIMARY KEY, at INTEGER,"
                  "  appeared INTEGER, member TEXT, what TEXT)",
                  k_application, k_form));
}

std::vector<Trouble> History::standing() const {
  std::vector<Trouble> all;
  Prepared rows(m_database.get(), "SELECT member, what FROM standing ORDER BY member, what");
  while (rows.step()) all.push_back({rows.text(0), rows.text(1)});
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<Change> History::take(const std::vector<Trouble>& now,
                                  std::chrono::system_clock::time_point at) {
  const auto before = standing();
  auto sorted = now;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::vector<Trouble> came;
  std::vector<Trouble> went;
  std::set_difference(sorted.begin(), sorted.end(), before.begin(), before.end(),
                      std::back_inserter(came));
  std::set_difference(before.begin(), before.end(), sorted.begin(), sorted.end(),
                      std::back_inserter(went));
  std::vector<Change> changes;
  for (auto& trouble : came) changes.push_back({at, true, std::move(trouble)});
  for (auto& trouble : went) changes.push_back({at, false, std::move(trouble)});
  if (changes.empty()) return changes;
  run("BEGIN IMMEDIATE");
  try {
    Prepared add(m_database.get(), "INSERT OR IGNORE INTO standing VALUES (?1, ?2)");
    Prepared remove(m_database.get(), "DELETE FROM standing WHERE member = ?1 AND what = ?2");
    Prepared note(m_database.get(),
                  "INSERT INTO change (at, appeared, member, what) VALUES (?1, ?2, ?3, ?4)");
    for (const auto& change : changes) {
      auto& standing = change.appeared ? add : remove;
      standing.bind(1, change.trouble.member);
      standing.bind(2, change.trouble.what);
      standing.step();
      standing.reset();
      note.bind(1, milliseconds(at));
      note.bind(2, change.appeared ? 1LL : 0LL);
      note.bind(3, change.trouble.member);
      note.bind(4, change.trouble.what);
      note.step();
      note.reset();
    }
    run(fmt::format("DELETE FROM change WHERE id <= (SELECT max(id) FROM change) - {}", k_kept));
    run("COMMIT");
  } catch (...) {
    sqlite3_exec(m_database.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
  return changes;
}

std::vector<Change> History::changes(std::size_t most) const {
  std::vector<Change> all;
  Prepared rows(m_database.get(),
                "SELECT at, appeared, member, what FROM change ORDER BY id DESC LIMIT ?1");
  rows.bind(1, static_cast<long long>(most));
  while (rows.step())
    all.push_back({std::chrono::system_clock::time_point(std::chrono::milliseconds(rows.number(0))),
                   rows.number(1) != 0,
                   {rows.text(2), rows.text(3)}});
  return all;
}

}  // namespace pgmend::app
