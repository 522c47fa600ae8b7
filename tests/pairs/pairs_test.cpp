// SPDX-License-Identifier: MIT
// From any schema to another: with every consent one run ends where it should, or says while
// planning why it cannot. Drawn at random, by a seed that is printed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>

#include "cli/exit_code.hpp"
#include "states.hpp"
#include "support/in_process.hpp"
#include "support/schema_text.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace {

constexpr int k_pairs = 40;

int from_environment(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value ? std::atoi(value) : otherwise;
}

/// With its exit code.
std::string in_words(const Report& report) {
  return fmt::format("exit {}, {}", cli::exit_code(report), told(report));
}

/// Rows of each table that both have.
std::map<std::string, std::string> counts(const Database& database) {
  std::map<std::string, std::string> all;
  for (const auto& row : database.rows(
           "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) "
           "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' "
           "AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"))
    all[row[0]] = database.value("SELECT count(*) FROM " + row[0]);
  return all;
}

/// Without what pgmend takes for the same, and says so: the words of an option, what nobody has to
/// say of the schema public, rows that were held against a constraint although they need not be.
std::string in_our_words(const std::string& dump) {
  std::string out;
  for (const auto line : text::split(dump, '\n')) {
    if (line.starts_with("COMMENT ON SCHEMA public ")) continue;
    auto words = text::replace_all(std::string(line), " NOT VALID;", ";");
    for (const auto* yes : {"='on'", "='1'", "='yes'"})
      words = text::replace_all(words, yes, "='true'");
    out += words + "\n";
  }
  return out;
}

/// What nobody means is held against its absence, whatever is expected: indexes that are INVALID,
/// constraints whose triggers are off, a partition that is half detached. And every new database
/// has the schema public.
bool can_be_expected(const Database& database) {
  const auto detached = database.server().version_major() < 14
                            ? "false"
                            : "EXISTS (SELECT FROM pg_inherits WHERE inhdetachpending)";
  return database.value(
             fmt::format("SELECT {} OR pg_catalog.to_regnamespace('public') IS NULL OR EXISTS "
                         "(SELECT FROM pg_index WHERE NOT indisvalid) OR EXISTS "
                         "(SELECT FROM pg_trigger WHERE tgisinternal AND tgenabled <> 'O')",
                         detached)) == "f";
}

class Pairs : public testing::Test {
 protected:
  void put_through(std::mt19937& random) {
    const Database wanted;
    const Database actual;
    const auto what = m_states.make_pair(random, wanted, actual);
    if (!what || !can_be_expected(wanted)) {
      ++m_not_loaded;
      return;
    }
    SCOPED_TRACE(*what);
    ++m_total;
    const auto before = counts(actual);
    auto expectation = expectation_of(wanted, {"owners", "privileges"});
    expectation.may_be_empty = true;
    const auto report = ensure(actual, expectation);
    const int code = cli::exit_code(report);
    if (code == cli::k_exit_correct) {
      ++m_equal;
      if (schema_text(actual) != schema_text(wanted)) {
        EXPECT_EQ(in_our_words(settled_schema_text(actual)),
                  in_our_words(settled_schema_text(wanted)))
            << in_words(report);
      }
    } else if (code == cli::k_exit_drift) {
      ++m_refused;
      if (std::getenv("PGMEND_PAIRS_TELL"))
        fmt::print("refused, from {}: {}\n", *what, in_words(report));
    } else {
      ++m_failed;
      ADD_FAILURE() << in_words(report);
    }
    check_rows(before, counts(actual), counts(wanted), report);
    const auto after = actual.fingerprint();
    const auto again = ensure(actual, expectation);
    EXPECT_EQ(cli::exit_code(again), code)
        << in_words(report) << "\nthe second run: " << in_words(again);
    EXPECT_EQ(actual.fingerprint(), after)
        << in_words(report) << "\nthe second run changed something: " << in_words(again);
  }

  void print_table() const {
    fmt::print("{} pairs: {} equal in one run, {} refused, {} failed; {} could not be loaded\n",
               m_total, m_equal, m_refused, m_failed, m_not_loaded);
  }

 private:
  static Report ensure(const Database& database, const app::Expectation& expectation) {
    return run_job(database, expectation, with_every_consent(Job::ensure));
  }

  /// Rows may be in other partitions than before.
  static bool is_spread_anew(const Report& report) {
    return told(report).find(" partition_key:") != std::string::npos;
  }

  static void check_rows(const std::map<std::string, std::string>& before,
                         const std::map<std::string, std::string>& after,
                         const std::map<std::string, std::string>& wanted, const Report& report) {
    for (const auto& [table, count] : before) {
      if (!wanted.contains(table)) continue;
      const auto found = after.find(table);
      if (found != after.end() && found->second != count && is_spread_anew(report)) continue;
      if (found == after.end())
        ADD_FAILURE() << table << " is expected, and was lost: " << in_words(report);
      else
        EXPECT_EQ(found->second, count) << table << ": " << in_words(report);
    }
  }

  States m_states;
  int m_total = 0;
  int m_equal = 0;
  int m_refused = 0;
  int m_failed = 0;
  int m_not_loaded = 0;
};

}  // namespace

TEST_F(Pairs, ArriveInOneRun) {
  const int seed = from_environment("PGMEND_PAIRS_SEED", 1);
  const int pairs = from_environment("PGMEND_PAIRS", k_pairs);
  for (int i = 0; i < pairs; ++i) {
    SCOPED_TRACE(fmt::format("PGMEND_PAIRS_SEED={} PGMEND_PAIRS=1", seed + i));
    std::mt19937 random(static_cast<unsigned>(seed + i));
    try {
      put_through(random);
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
  }
  print_table();
}

}  // namespace pgmend::test
