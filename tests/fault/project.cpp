// SPDX-License-Identifier: MIT
#include "fault/project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "support/matchers.hpp"
#include "util/sql.hpp"

namespace pgmend::test {

namespace {

constexpr const char* k_damaged_sql = R"sql(
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text, city text);
INSERT INTO users SELECT i, 'u' || i || '@example.com', 'user ' || i, 'city ' || i % 10
FROM generate_series(1, 600) AS i;
CREATE TABLE orders (id bigint NOT NULL, user_id bigint, status text, total numeric, code text);
INSERT INTO orders SELECT i, i % 600 + 1, 'open', i, 'code ' || i
FROM generate_series(1, 1000) AS i;
CREATE INDEX orders_status ON orders (status);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_status'::regclass;
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;
CREATE TABLE events (day date, id bigint, kind text, PRIMARY KEY (day, id))
  PARTITION BY RANGE (day);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2025-01-01')
  PARTITION BY RANGE (day);
CREATE TABLE events_2023 PARTITION OF events_old FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
CREATE TABLE events_2024 PARTITION OF events_old FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO (MAXVALUE);
INSERT INTO events SELECT '2023-06-01'::date + i * 5, i, 'kind ' || i % 7
FROM generate_series(1, 200) AS i;
)sql";

constexpr const char* k_damaged_yaml = R"yaml(
tables:
  users:
    columns:
      id: bigint NOT NULL
      email: text NOT NULL
      name: text DEFAULT 'nobody'
      note: varchar(100)
      active: boolean NOT NULL DEFAULT true
      token: uuid NOT NULL DEFAULT gen_random_uuid()
      score: {definition: integer NOT NULL, backfill: length(email)}
    indexes:
      users_city: (city)
      users_email: UNIQUE (lower(email))
    constraints:
      users_name_key: UNIQUE (name)
  orders:
    indexes:
      orders_status: (status)
      orders_open: (code) WHERE status = 'open'
    constraints:
      orders_pkey: PRIMARY KEY (id)
      orders_user_id_fkey: FOREIGN KEY (user_id) REFERENCES users (id)
      orders_total_check: CHECK (total >= 0)
      orders_code_check: CHECK (code <> '')
  events:
    columns:
      weight: {definition: integer NOT NULL, backfill: length(kind)}
    indexes:
      events_kind: (kind)
  audit:
    create: true
    columns:
      id: bigint NOT NULL
      what: text
    indexes:
      audit_what: (what)
)yaml";

constexpr const char* k_shape = R"sql(
SELECT string_agg(line, E'\n' ORDER BY line) FROM (
  SELECT format('column %s.%s %s %s %s %s', c.relname, a.attname,
                format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
                col_description(a.attrelid, a.attnum)) AS line
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT format('index %s %s', pg_get_indexdef(indexrelid), indisvalid)
  FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
  WHERE relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT format('constraint %s %s %s', conname, pg_get_constraintdef(oid), convalidated)
  FROM pg_constraint WHERE conrelid >= 16384
  UNION ALL
  SELECT 'users ' || md5(string_agg(concat_ws('|', id, email, name, city), ',' ORDER BY id))
  FROM users
  UNION ALL
  SELECT 'orders '
         || md5(string_agg(concat_ws('|', id, user_id, status, total, code), ',' ORDER BY id))
  FROM orders
  UNION ALL
  SELECT 'events ' || md5(string_agg(concat_ws('|', day, id, kind), ',' ORDER BY day, id))
  FROM events
) AS lines
)sql";

constexpr const char* k_filled =
    "SELECT (SELECT count(*) FROM users "
    "WHERE active AND token IS NOT NULL AND score = length(email)) || ' ' || "
    "(SELECT count(*) FROM events WHERE weight = length(kind))";

constexpr const char* k_leftovers = R"sql(
SELECT string_agg(what, E'\n') FROM (
  SELECT 'relation ' || relname FROM pg_class WHERE relname LIKE 'pgmend%'
  UNION ALL
  SELECT 'constraint ' || conname FROM pg_constraint WHERE conname LIKE 'pgmend%'
  UNION ALL
  SELECT 'comment ' || description FROM pg_description WHERE description LIKE 'pgmend%'
  UNION ALL
  SELECT 'invalid ' || indexrelid::regclass FROM pg_index
  WHERE NOT (indisvalid AND indisready AND indislive)
) AS found (what)
)sql";

}  // namespace

Project::Project(const std::string& sql, const std::string& yaml, PrivateServer& server,
                 const std::string& options)
    : m_db(server, options) {
  m_db.exec(sql);
  if (!yaml.empty()) m_folder.write("pgmend.yaml", yaml);
}

RunResult Project::run(std::vector<std::string> args) const {
  args.insert(args.end(), {"--database", m_db.url()});
  return run_pgmend(args, {.cwd = m_folder.path()});
}

subprocess::Process Project::start(std::vector<std::string> args, const std::string& url) const {
  // What stands behind -- is for migrate's command.
  args.insert(std::find(args.begin(), args.end(), "--"),
              {"--database", url.empty() ? m_db.url() : url});
  return start_pgmend(args, {.cwd = m_folder.path()});
}

int Project::sessions(const std::string& condition) const {
  auto parameters = m_db.parameters();
  parameters["application_name"] = "test";  // Database's own sessions are called pgmend
  const auto result =
      pg::Connection::open(parameters, {})
          .query(fmt::format(
              "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
              "AND application_name = 'pgmend' AND ({})",
              condition));
  return static_cast<int>(result.integer(0, "count"));
}

bool Project::is_at(const std::string& like) const {
  return sessions(fmt::format("state = 'active' AND query LIKE {}", sql::quote_literal(like))) > 0;
}

std::string Project::leftovers() const {
  return leftovers_of(m_db);
}

std::string leftovers_of(const Database& database) {
  return database.value(k_leftovers);
}

std::string in_one_line(const std::string& text) {
  std::istringstream words(text);
  std::string out;
  for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

Damaged::Damaged(PrivateServer& server) : Project(k_damaged_sql, k_damaged_yaml, server) {}

std::string Damaged::shape() const {
  return db().value(k_shape);
}

const std::string& Damaged::mended_shape() {
  static const std::string shape = [] {
    const Damaged project;
    const auto result = project.ensure();
    if (!result.ok()) throw std::runtime_error(result.out + result.err);
    return project.shape();
  }();
  return shape;
}

void expect_next_run_finishes(const Damaged& project) {
  const auto finish = project.ensure();
  EXPECT_EQ(finish.exit_code, 0) << testing::PrintToString(finish);
  EXPECT_EQ(project.leftovers(), "");
  EXPECT_EQ(project.shape(), Damaged::mended_shape());
  EXPECT_EQ(project.db().value(k_filled), "600 200");
}

}  // namespace pgmend::test
