// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/kind.hpp"
#include "model/outline.hpp"
#include "util/position_index.hpp"

namespace pgmend::source {

using KindsByName = std::unordered_map<std::string_view, const Kind*>;
/// The attributes of each kind that the file knows, by their positions.
using KnownAttributes = std::unordered_map<const Kind*, std::vector<bool>>;

/// A line of the file that is neither blank nor a comment; these count nevertheless.
struct Line {
  std::string_view text;
  int number;
};

/// Some lines of the file, one after the other.
class Lines {
 public:
  /// `number`: of the first.
  Lines(std::string_view text, int number) : m_text(text), m_number(number) {}

  std::optional<Line> next();
  /// What is left, and the number of its first line.
  std::string_view rest() const { return m_text; }
  int number() const { return m_number; }

 private:
  std::string_view m_text;
  int m_number;
};

/// What a lock file needs to be read: lives as long as its outline.
struct LockText {
  std::string text;
  std::string file;  // its name
  KindsByName kinds;
  KnownAttributes known;
};

/// The objects of a lock file. All lines are checked, none is made into an object before somebody
/// asks for it.
class LockOutline : public Outline {
 public:
  /// Throws SpecError for the first line that is not as it should be. The lines are of that text.
  LockOutline(std::shared_ptr<const LockText> text, const Lines& lines);

  std::size_t size() const override { return m_entries.size(); }
  const Kind& kind(Position position) const override { return *m_entries[position].kind; }
  NameView name(Position position) const override { return m_entries[position].name(); }
  const Values& values(Position position) const override { return *m_entries[position].values; }
  std::optional<Position> find(const Kind& kind, const NameView& name) const override;
  Schema schema() const override;

 private:
  friend class EntryReader;
  struct Entry {
    const Kind* kind;
    const Values* values;
    const char* path;        // schema.relation.name, of which the first two may be missing
    std::uint32_t schema;    // length of it
    std::uint32_t relation;  // likewise
    std::uint32_t own;       // likewise, of the name
    std::uint32_t line;      // number
    std::string_view needs;  // the rest of the line: what the object depends on

    NameView name() const;
  };
  /// What was read of some lines.
  struct Part {
    std::vector<Entry> entries;
    std::vector<std::size_t> hashes;
    std::deque<Values> values;      // of rows that are not alike
    std::deque<std::string> paths;  // of names that are quoted in the file
  };

  void take(Part part);

  std::shared_ptr<const LockText> m_text;
  std::vector<Entry> m_entries;
  std::deque<Part> m_parts;  // but for their entries, which point into these
  PositionIndex m_by_name;
};

}  // namespace pgmend::source
