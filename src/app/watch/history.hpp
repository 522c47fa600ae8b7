// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;

namespace pgmend::app {

/// Something that is wrong, for as long as it is: the same text in each look.
struct Trouble {
  std::string member;
  std::string what;  // "column.missing users.age", "state absent"

  auto operator<=>(const Trouble&) const = default;
};

/// It came or went.
struct Change {
  std::chrono::system_clock::time_point at;
  bool appeared = true;  // or else it is gone
  Trouble trouble;
};

/// What was seen, in a SQLite file, so that a restart neither forgets it nor tells it again.
class History {
 public:
  /// An empty path: only for as long as this lives. Throws UsageError for a file that cannot be
  /// used, or that is another program's.
  explicit History(const std::filesystem::path& file);
  ~History();
  History(const History&) = delete;
  History& operator=(const History&) = delete;

  /// What was wrong when it was looked last.
  std::vector<Trouble> standing() const;
  /// What came and what went since; remembers what is wrong now. All of it, or nothing.
  std::vector<Change> take(const std::vector<Trouble>& now,
                           std::chrono::system_clock::time_point at);
  /// The last ones, the newest first.
  std::vector<Change> changes(std::size_t most) const;

 private:
  void prepare();
  void run(const std::string& sql) const;

  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, Close> m_database;
  std::string m_shown;
};

}  // namespace pgmend::app
