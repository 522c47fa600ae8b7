// SPDX-License-Identifier: MIT
// Specs in which something is not as it should be, by chance: a byte, a line, half of it. Whatever
// is in them, pgmend says what is wrong with them or what follows from them, and nothing else
// happens. PGMEND_MUTATIONS is how many of each sort are tried (by hand: 100000); one in ten by the
// program as well. Number n is always the same one.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "app/database/project.hpp"
#include "app/explain/examples.hpp"
#include "engine/compare.hpp"
#include "kinds/kinds.hpp"
#include "model/spec_error.hpp"
#include "source/lock_file.hpp"
#include "source/psql_command.hpp"
#include "source/sql_script.hpp"
#include "source/sql_sort.hpp"
#include "source/yaml_source.hpp"
#include "support/database.hpp"
#include "support/in_process.hpp"
#include "support/run.hpp"
#include "support/temp_folder.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace {

using std::chrono::seconds;

constexpr const char* k_yaml = R"yaml(# what must be there
search_path: [public, "odd schema"]
ignore: ["audit.*", "index:*_old"]
tables:
  users:
    columns:
      id: bigint NOT NULL
      email: {type: "varchar(200)",
                     nullable : false, default : "'nobody'"
}
      joined: timestamptz DEFAULT now()
      balance:
        definition: numeric(12,2) NOT NULL
        backfill: "0.00"
    indexes:
      users_email: UNIQUE (lower(email)) WHERE email <> ''
    constraints:
      positive: CHECK (balance >= 0)
  orders:
    create: true
    columns:
      "odd ""name": text COLLATE "C"
      user_id: bigint
      body: |
        text
        DEFAULT $$it's; here$$
    constraints:
      orders_user: FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
)yaml";

constexpr const char* k_sql = R"sql(-- made by hand
SET search_path = public;
BEGIN;
CREATE TYPE state AS ENUM ('new', 'it''s; done');
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL DEFAULT E'a\'b', state state);
COMMIT;
/* a /* nested */ comment; */
CREATE INDEX users_email ON users (lower(email)) WHERE email <> '';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  NEW.email := $$x;$$; RETURN NEW;
END $body$;
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
COPY users (id, email) FROM stdin;
1	it's; $$
\.
\echo 'loaded'
CREATE VIEW "Odd ""V""" AS SELECT id, email || ';' AS e FROM users;
COMMENT ON TABLE users IS 'who; they are';
)sql";

constexpr const char* k_schema =
    "CREATE TABLE users (id bigint NOT NULL, email varchar(200) NOT NULL DEFAULT 'nobody');"
    "CREATE INDEX users_email ON users (lower(email)) WHERE email <> '';"
    "CREATE FUNCTION twice(a integer DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT a * "
    "2';"
    "CREATE VIEW v AS SELECT id, twice(2) AS t FROM users;"
    "ALTER TABLE users ADD CONSTRAINT short CHECK (length(email) < 100);"
    "CREATE DOMAIN word AS text CHECK (VALUE <> '');";

int mutations() {
  const char* given = std::getenv("PGMEND_MUTATIONS");
  return given ? std::atoi(given) : 300;
}

/// What tends to mean something.
constexpr auto k_tokens = std::to_array<std::string_view>({"\"",     "'",
                                                           "\\",     "{",
                                                           "}",      "(",
                                                           ")",      "[",
                                                           "]",      ":",
                                                           ": ",     ",",
                                                           ";",      "#",
                                                           "--",     "/*",
                                                           "$$",     "&a",
                                                           "*a",     "!!x",
                                                           "|",      ">",
                                                           "%",      "@",
                                                           "\t",     "\r",
                                                           "\n",     "\x1b[2J",
                                                           "\x07",   "\xff",
                                                           "\xc3",   "\u202e",
                                                           "\u00e4", "99999999999999999999",
                                                           "-1",     "NULL",
                                                           "true",   "<<: ",
                                                           "\\i ",   "needs=\"",
                                                           "="});

class Mutator {
 public:
  explicit Mutator(int number) : m_random(static_cast<unsigned>(number)) {}

  std::string mutated(std::string text) {
    for (auto times = 1 + below(3); times > 0; --times) mutate(text);
    return text;
  }

 private:
  std::size_t below(std::size_t end) { return m_random() % std::max<std::size_t>(end, 1); }

  void mutate(std::string& text) {
    const auto at = below(text.size() + 1);
    const auto length = below(2) == 0 ? 1 + below(4) : 1 + below(60);
    switch (below(8)) {
      case 0:
        text.insert(at, k_tokens[below(k_tokens.size())]);
        break;
      case 1:
        text.insert(at, 1, static_cast<char>(below(256)));
        break;
      case 2:
        text.erase(at, length);
        break;
      case 3:
        text.insert(at, text.substr(below(text.size() + 1), length));
        break;
      case 4:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      case 5:
        if (below(4) == 0) text.resize(at);
        break;
      case 6:
        swap_lines(text);
        break;
      default:
        if (at < text.size()) text.replace(at, 1, k_tokens[below(k_tokens.size())]);
    }
  }

  void swap_lines(std::string& text) {
    std::vector<std::string> lines;
    for (const auto line : text::split(text, '\n')) lines.emplace_back(line);
    std::swap(lines[below(lines.size())], lines[below(lines.size())]);
    text = text::join(lines, "\n");
  }

  std::mt19937 m_random;
};

/// Reads it; what is wrong with it must be told by a SpecError.
template <typename Read>
void expect_read_or_refused(const std::string& text, const Read& read) {
  for (int number = 0; number < mutations(); ++number) {
    const auto mutated = Mutator(number).mutated(text);
    try {
      read(mutated);
    } catch (const SpecError& error) {
      ASSERT_FALSE(error.faults().empty()) << number;
    } catch (const std::exception& error) {
      FAIL() << "number " << number << ": " << error.what() << '\n' << text::visible_lines(mutated);
    }
  }
}

/// What a room makes of a value that should not be there. That there is no sense in it, it
/// may say by these.
void repair(const Finding& finding);

void try_to_repair(const Finding& finding) {
  try {
    repair(finding);
  } catch (const std::out_of_range&) {
  } catch (const std::invalid_argument&) {
  }
}

void repair(const Finding& finding) {
  const auto& kind = *finding.kind;
  const Facts facts = {.server_version = 150000};
  if (!finding.expected) {
    if (kind.drop) kind.drop(*finding.actual);
  } else if (!finding.attribute) {
    kind.create(*finding.expected, {}, facts);
  } else if (kind.mend && finding.judgement.consent != Consent::never) {
    kind.mend(*finding.expected, *finding.actual, kind.attributes[*finding.attribute].name, facts);
  }
}

/// Text for people: lines, and nothing that a terminal obeys.
bool is_harmless(std::string_view text) {
  return text::visible_lines(text) == text;
}

bool is_among(std::initializer_list<int> codes, int code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// Half of what is expected stands somewhere else: that is a verdict, too.
bool is_unclear(const RunResult& result) {
  return result.exit_code == 5 && result.out.find("verdict: unclear") != std::string::npos;
}

class ByTheProgram : public testing::Test {
 protected:
  ByTheProgram() { m_db.exec(k_schema); }

  const Database& db() const { return m_db; }

  /// `arguments` behind which the file stands.
  void expect_told(const std::string& text, const std::string& name,
                   const std::vector<std::string>& arguments) const {
    for (int number = 0; number < mutations(); number += 10) {
      const auto mutated = Mutator(number).mutated(text);
      const auto file = m_folder.write(name, mutated);
      auto all = arguments;
      all.push_back(file);
      const auto result = run_pgmend(all, {.cwd = m_folder.path(), .timeout = seconds(60)});
      const bool is_told = !result.timed_out && result.signal == 0 &&
                           (is_among({0, 1, 2}, result.exit_code) || is_unclear(result)) &&
                           is_harmless(result.out) && is_harmless(result.err);
      ASSERT_TRUE(is_told) << "number " << number << testing::PrintToString(result) << '\n'
                           << text::visible_lines(mutated);
    }
  }

 private:
  Database m_db;
  TempFolder m_folder;
};

}  // namespace

TEST(Mutation, OfYaml) {
  const auto sections = app::all_sections();
  expect_read_or_refused(
      k_yaml, [&](const std::string& text) { source::parse_yaml(text, "a.yaml", sections); });
}

TEST(Mutation, OfSql) {
  expect_read_or_refused(k_sql, [](const std::string& text) {
    source::ScriptReader reader(text, "a.sql");
    while (const auto item = reader.next()) {
      if (item->sort == source::ScriptItem::Sort::command) {
        source::read_psql_command(*item);
        continue;
      }
      source::sort_of(*item);
      source::is_about_privileges(*item);
      source::created_extension(*item);
      source::place_in(*item, 20);
      text::visible(item->beginning());
    }
  });
}

TEST(Mutation, OfALockFile) {
  const auto& whole = app::examples();
  expect_read_or_refused(std::string(app::k_examples_text), [&](const std::string& text) {
    const auto lock = source::parse_lock_file(text, "a.lock", kinds::all());
    for (const auto& finding :
         engine::compare(lock.schema, whole, engine::Extent::complete).findings)
      try_to_repair(finding);
  });
}

TEST_F(ByTheProgram, Yaml) {
  expect_told(k_yaml, "a.yaml", {"verify", "-d", db().url(), "-s"});
}

TEST_F(ByTheProgram, Sql) {
  expect_told(k_sql, "a.sql", {"compile", "--scratch", db().url(), "-o", "a.lock"});
}

TEST_F(ByTheProgram, LockFile) {
  expect_told(lock_file_of(db()), "a.lock", {"verify", "--no-cache", "-d", db().url(), "-s"});
}

}  // namespace pgmend::test
