// SPDX-License-Identifier: MIT
// Flyway: a row for each script that ended; on PostgreSQL none for one that failed, whatever it
// left. A baseline stands for all versions up to its own; what is repeatable runs again when its
// text is another (Flyway documentation, "Flyway Schema History Table", "Repeatable migrations").
#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "ledger/tools.hpp"
#include "util/text.hpp"

namespace pgmend::ledger::flyway_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>(
    {"installed_rank", "version", "description", "type", "script", "checksum", "success"});

// What was undone, or whose file went, has a row of another type behind the first.
constexpr std::string_view k_entries = R"sql(
SELECT pg_catalog.concat_ws(' ', version, description)
         || CASE WHEN type = 'BASELINE' THEN ' (baseline)' ELSE '' END AS entry,
       CASE WHEN type = 'BASELINE' THEN '<=' || version
            WHEN version IS NULL THEN 'R' || description || ' ' || COALESCE(checksum::pg_catalog.text, '')
            ELSE version END AS key
FROM (SELECT DISTINCT ON (COALESCE(version, 'R' || description)) *
      FROM {table}
      WHERE success AND installed_rank > 0
      ORDER BY COALESCE(version, 'R' || description), installed_rank DESC) last
WHERE type NOT LIKE 'UNDO%' AND type <> 'DELETE'
ORDER BY installed_rank DESC
)sql";

constexpr std::string_view k_troubles = R"sql(
SELECT script || ' failed' AS trouble
FROM {table}
WHERE NOT success
ORDER BY installed_rank
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({{
    .name = "flyway_schema_history",
    .names = "*",
    .columns = k_columns,
    .entries = k_entries,
    .troubles = k_troubles,
}});

/// "1.2" of "001_2" and of "1.2.0".
std::string normal_version(std::string_view version) {
  auto parts = text::split(version, '.');
  while (parts.size() > 1 && plain_number(parts.back()) == "0") parts.pop_back();
  std::string normal;
  for (const auto part : parts) normal += (normal.empty() ? "" : ".") + plain_number(part);
  return normal;
}

std::string normal(std::string_view key) {
  if (key.starts_with('R')) return std::string(key);
  if (key.starts_with("<=")) return "<=" + normal_version(key.substr(2));
  return normal_version(key);
}

bool is_before(std::string_view a, std::string_view b) {
  const auto one = text::split(a, '.');
  const auto other = text::split(b, '.');
  return std::lexicographical_compare(one.begin(), one.end(), other.begin(), other.end(),
                                      [](std::string_view x, std::string_view y) {
                                        return x.size() != y.size() ? x.size() < y.size() : x < y;
                                      });
}

/// CRC-32 of the lines without their ends, as the table has it.
std::string checksum(std::string_view text) {
  constexpr std::uint32_t k_polynomial = 0xEDB88320;
  std::uint32_t sum = 0xFFFFFFFF;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    sum ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ ((sum & 1) != 0 ? k_polynomial : 0);
  }
  return std::to_string(static_cast<std::int32_t>(~sum));
}

std::optional<std::string> key_of(const ProjectFile& file) {
  const std::string_view name = file.name;
  const auto end = name.find("__");
  const bool is_code = file.ends_with(".java") || file.ends_with(".kt");
  if (end == std::string_view::npos || (!is_code && !file.ends_with(".sql"))) return std::nullopt;
  if (name.starts_with("R__")) {
    const auto words = text::replace_all(std::string(file.stem().substr(end + 2)), "_", " ");
    const auto text = is_code ? std::nullopt : ProjectFiles::text(file);
    return "R" + words + " " + (text ? checksum(*text) : "");
  }
  const auto version = text::replace_all(std::string(name.substr(1, end - 1)), "_", ".");
  if (!name.starts_with('V') || version.find_first_not_of("0123456789.") != std::string::npos ||
      version.empty())
    return std::nullopt;
  return normal_version(version);
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  auto folders = folders_of(files, key_of);
  for (auto& folder : folders)
    std::stable_sort(folder.files.begin(), folder.files.end(),
                     [](const MigrationFile& a, const MigrationFile& b) {
                       const bool repeats_first = a.key.starts_with('R');
                       const bool repeats_second = b.key.starts_with('R');
                       if (repeats_first || repeats_second) return !repeats_first && repeats_second;
                       return is_before(a.key, b.key);
                     });
  return folders;
}

void hold(Ledger& ledger, const MigrationFolder& folder) {
  const std::set<std::string> recorded(ledger.keys.begin(), ledger.keys.end());
  std::string baseline;
  for (const auto& key : recorded)
    if (key.starts_with("<=") && (baseline.empty() || is_before(baseline, key.substr(2))))
      baseline = key.substr(2);
  for (const auto& file : folder.files) {
    const bool repeats = file.key.starts_with('R');
    const bool is_covered = !repeats && !baseline.empty() && !is_before(baseline, file.key);
    if (!is_covered && !recorded.contains(file.key))
      ledger.pending.push_back(pending_revision(file));
  }
}

constexpr auto k_signs =
    std::to_array<std::string_view>({"flyway.toml", "flyway.conf", "conf/flyway.conf"});

}  // namespace

const Tool k_flyway = {
    .name = "Flyway",
    .tables = k_tables,
    .run = "flyway migrate",
    .signs = k_signs,
    .find = find,
    .hold = hold,
    .normal = normal,
};

}  // namespace pgmend::ledger::flyway_books
