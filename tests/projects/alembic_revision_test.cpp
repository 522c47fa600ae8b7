// SPDX-License-Identifier: MIT
// `--format alembic`: what it writes is run by Alembic, wherever it may be run.
#include <fmt/format.h>

#include <filesystem>

#include "migrating.hpp"
#include "support/schema_text.hpp"

namespace pgmend::test {
namespace {

class AlembicRevision : public MigratingTest {
 protected:
  /// One project, several databases: which of them is meant stands in a file. A naming convention
  /// is there that changes every name that is not fixed.
  static constexpr auto k_env_of_many = R"py(
from alembic import context
from sqlalchemy import MetaData, create_engine
url = open("url").read()
metadata = MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s"})
if context.is_offline_mode():
    context.configure(url=url, target_metadata=metadata, dialect_opts={"paramstyle": "named"})
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url).connect() as connection:
        context.configure(connection=connection, target_metadata=metadata)
        with context.begin_transaction():
            context.run_migrations()
)py";

  static constexpr auto k_first = R"py(
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.create_table('users', sa.Column('id', sa.Integer(), primary_key=True),
                    sa.Column('email', sa.String(100)), sa.Column('amount', sa.Integer()))
    op.create_table('orders', sa.Column('id', sa.Integer(), primary_key=True),
                    sa.Column('user_id', sa.Integer()), sa.Column('state', sa.String(10)))
)py";

  static constexpr auto k_wanted = R"sql(
    CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy: very');
    CREATE TABLE users (
      id serial PRIMARY KEY, email varchar(100) NOT NULL, amount integer DEFAULT 5,
      age integer NOT NULL DEFAULT 0, balance numeric(10,2), note text DEFAULT 'at 12:30 :x 100%',
      token uuid NOT NULL DEFAULT gen_random_uuid(), tags text[] NOT NULL DEFAULT '{}',
      feeling mood, CONSTRAINT users_email_key UNIQUE (email),
      CONSTRAINT users_age_check CHECK (age >= 0 AND note <> 'a:b \\:c'));
    CREATE TABLE orders (
      id serial PRIMARY KEY, user_id integer, state varchar(10),
      CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE);
    CREATE INDEX users_lower_idx ON users (lower(email), id DESC) INCLUDE (age) WHERE age > 3;
    CREATE TABLE invoices (
      id bigserial PRIMARY KEY, number integer NOT NULL UNIQUE, total numeric(12,2) NOT NULL,
      at timestamptz NOT NULL DEFAULT now(), CONSTRAINT invoices_total_check CHECK (total >= 0));
    CREATE TABLE "Odd ""Name" ("a % b" integer PRIMARY KEY, k integer GENERATED ALWAYS AS IDENTITY);
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.note := E'it''s "x" \\ :y "';
      RETURN NEW;
    END $$;
    CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW WHEN (NEW.age > 100)
      EXECUTE FUNCTION touch();
    CREATE VIEW grown AS SELECT id, email FROM users WHERE age >= 18;
    COMMENT ON TABLE users IS 'people: "all" of them';
  )sql";

  AlembicRevision() {
    write_env(k_env_of_many);
    write_revision("a", "", k_first);
    m_project.folder().write("wanted.sql", k_wanted);
    upgrade(m_project.database());
  }

  RunResult alembic(const Database& database, std::vector<std::string> args) {
    m_project.folder().write(
        "url", fmt::format("postgresql://postgres@/{}?host={}&port={}", database.name(),
                           database.server().folder(), database.server().port()));
    args.insert(args.begin(), {"-m", "alembic"});
    return m_project.python(args);
  }

  void upgrade(const Database& database) {
    const auto run = alembic(database, {"upgrade", "head"});
    EXPECT_TRUE(run.ok()) << run.err;
  }

  RunResult pgmend(const std::string& command, const Database& database,
                   std::vector<std::string> further = {}) {
    std::vector<std::string> args = {command, "--schema", "wanted.sql"};
    args.insert(args.end(), further.begin(), further.end());
    return m_project.pgmend_on(database, args);
  }

  RunResult write(const std::string& file) {
    return pgmend("plan", m_project.database(), {"--format", "alembic=" + file});
  }

  /// The file becomes one of the project's.
  void take(const std::string& file) {
    m_project.folder().write("migrations/versions/b.py", m_project.folder().read(file));
  }

  void fill() {
    m_project.database().exec(
        "INSERT INTO users (email) SELECT 'm' || n FROM generate_series(1, 1500) AS n;"
        "INSERT INTO orders (user_id) SELECT id FROM users");
  }

  Database copy() { return Database(shared_server(), "", m_project.database().name()); }
};

TEST_F(AlembicRevision, MakesEverywhereWhatEnsureMakes) {
  fill();
  const auto written = write("b.py");
  ASSERT_EQ(written.exit_code, 1) << testing::PrintToString(written);
  const auto text = m_project.folder().read("b.py");
  for (const auto* part :
       {"down_revision = \"a\"", "op.add_column(",
        "op.alter_column(\"users\", \"email\", nullable=False, schema=\"public\")",
        "op.create_table(\n            \"invoices\"", "op.create_check_constraint(",
        "op.create_foreign_key(", "op.create_index(", "op.execute(", "lacks(VALIDATED, "})
    EXPECT_TRUE(contains(text, part));
  const auto drifted = copy();
  const auto repaired = copy();
  const auto offline = copy();
  const Database fresh;
  const auto ensured = pgmend("ensure", repaired);
  ASSERT_EQ(ensured.exit_code, 0) << testing::PrintToString(ensured);
  const auto wanted = schema_text(repaired);
  take("b.py");

  // What ensure has made stands in no migration's way.
  const auto before = pgmend("verify", repaired);
  EXPECT_EQ(before.exit_code, 5);
  EXPECT_TRUE(contains(before.out, "verdict: pending"));
  const auto script = alembic(offline, {"upgrade", "a:head", "--sql"});
  ASSERT_TRUE(script.ok()) << script.err;
  m_project.folder().write("offline.sql", script.out);
  run_file(offline, m_project.folder().path("offline.sql"));
  for (const auto* database : {&drifted, &repaired, &fresh, &drifted}) {
    upgrade(*database);
    EXPECT_EQ(schema_text(*database), wanted);
    const auto verified = pgmend("verify", *database);
    EXPECT_EQ(verified.exit_code, 0) << testing::PrintToString(verified);
    database->exec("UPDATE alembic_version SET version_num = 'a'");
  }
  EXPECT_EQ(schema_text(offline), wanted);
  EXPECT_EQ(drifted.value("SELECT count(*) FROM users WHERE token IS NOT NULL AND age = 0"),
            "1500");
}

TEST_F(AlembicRevision, GoesOnWhereItWasStopped) {
  fill();
  ASSERT_EQ(write("b.py").exit_code, 1);
  take("b.py");
  const auto& database = m_project.database();
  database.exec("UPDATE users SET email = 'twice' WHERE id < 3");
  const auto stopped = alembic(database, {"upgrade", "head"});
  EXPECT_FALSE(stopped.ok());
  EXPECT_TRUE(contains(stopped.err, "1 key(s) stand in more than one row"));
  EXPECT_EQ(database.value("SELECT version_num FROM alembic_version"), "a");
  // As a build leaves it that is cancelled, and a check whose validation is.
  database.exec(
      "UPDATE users SET email = 'once' WHERE id = 1;"
      "ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age >= 0 AND note <> "
      "E'a:b \\\\\\\\:c') NOT VALID");
  upgrade(database);
  const auto verified = pgmend("verify", database);
  EXPECT_EQ(verified.exit_code, 0) << testing::PrintToString(verified);
}

TEST_F(AlembicRevision, IsNotWrittenForWhatTheMigrationsMake) {
  m_project.database().exec("ALTER TABLE users DROP amount");
  m_project.folder().write("b.py", "# mine\n");
  const auto run = m_project.pgmend_on(
      m_project.database(), {"plan", "--schema", "alembic:", "--format", "alembic=b.py"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_TRUE(contains(unwrapped(run.err), "no revision is to be written for what the migrations"));
  EXPECT_TRUE(contains(unwrapped(run.err), "pgmend ensure --schema alembic:"));
  EXPECT_EQ(m_project.folder().read("b.py"), "# mine\n");
}

TEST_F(AlembicRevision, NeedsOnePlaceInTheHistory) {
  write_revision("b", "a", "    pass\n");
  write_revision("c", "a", "    pass\n");
  m_project.database().exec(
      "UPDATE alembic_version SET version_num = 'b'; INSERT INTO alembic_version VALUES ('c')");
  auto run = write("");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_TRUE(contains(unwrapped(run.err), "migrations/versions has 2 heads (b, c)"));
  EXPECT_TRUE(contains(unwrapped(run.err), "alembic merge"));
  EXPECT_EQ(run.out, "");
  run = pgmend("plan", m_project.database(), {"--format", "alembic", "--alembic-head", "c"});
  EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.out, "down_revision = \"c\""));
  // What is to run first may make it.
  m_project.database().exec("DELETE FROM alembic_version WHERE version_num = 'c'");
  run = write("-");
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_TRUE(contains(unwrapped(run.err), "1 migration to run first: c"));
  EXPECT_EQ(run.out, "");
}

TEST_F(AlembicRevision, OfACorrectDatabaseThereIsNone) {
  m_project.database().exec("DROP TABLE users, orders; DROP TYPE mood;" + std::string(k_wanted));
  const auto run = write("migrations/versions/b.py");
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.err, "no Alembic revision was written: there is nothing to repair"));
  EXPECT_FALSE(std::filesystem::exists(m_project.folder().path("migrations/versions/b.py")));
}

}  // namespace
}  // namespace pgmend::test
