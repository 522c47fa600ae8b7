// SPDX-License-Identifier: MIT
// Whether a script makes the same whenever it is loaded: only then its result is kept.
#include "source/sql_certainty.hpp"

#include <gtest/gtest.h>

#include "source/sql_files.hpp"
#include "support/server.hpp"
#include "util/sql.hpp"

namespace pgmend::test {

namespace {

bool is_certain(const std::string& sql) {
  static auto connection = pg::Connection::open(shared_server().parameters(), {});
  const auto code = source::running_code(source::read_sql_text(sql, "schema.sql"));
  if (!code.is_known) return false;
  const auto words = sql::format_array({code.words.begin(), code.words.end()});
  return !connection.query(source::k_is_fickle, {words}).boolean(0, "is_fickle");
}

}  // namespace

TEST(SqlCertainty, MostSchemasAreTheSameAtAnyTime) {
  for (const auto* sql :
       {"CREATE TABLE a (id serial, at timestamptz DEFAULT now(), u uuid DEFAULT "
        "gen_random_uuid());",
        "SELECT pg_catalog.set_config('search_path', '', false);"
        "SELECT pg_catalog.setval('public.a_id_seq', 1, false);",
        "DO $$ BEGIN CREATE TYPE mood AS ENUM ('sad', 'ok'); "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood') THEN "
        "CREATE TYPE mood AS ENUM ('sad', 'ok'); END IF; END $$ LANGUAGE plpgsql;",
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN NEW.at := now(); RETURN NEW; END';"
        "CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION touch();",
        "COMMENT ON TABLE a IS 'what is due today';", "-- it's what we do now\nCREATE TABLE b ();",
        "CREATE TABLE p PARTITION OF a FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        "CREATE VIEW recent AS SELECT * FROM a WHERE at > now() - interval '1 day';",
        "CREATE TABLE c (n int);\nINSERT INTO c SELECT random();",
        "SET search_path = public; CREATE EXTENSION IF NOT EXISTS pgcrypto;"})
    EXPECT_TRUE(is_certain(sql)) << sql;
}

TEST(SqlCertainty, WhatLooksAtAClockOrAFileIsNot) {
  for (const auto* sql :
       {"CREATE TABLE a (at timestamptz DEFAULT 'now');",
        "CREATE TABLE a (at timestamptz DEFAULT 'NOW()'::timestamptz);",
        "CREATE TABLE a (d date CHECK (d < DATE 'tomorrow'));",
        "CREATE TABLE p PARTITION OF a FOR VALUES FROM (current_date) TO ('2100-01-01');",
        "ALTER TABLE a ATTACH PARTITION b FOR VALUES FROM (now()) TO (MAXVALUE);",
        "DO $$ BEGIN IF now() > '2026-01-01' THEN CREATE TABLE b (); END IF; END $$;",
        "DO $$ BEGIN IF 'today'::date > '2026-01-01' THEN CREATE TABLE b (); END IF; END $$;",
        "DO $$ BEGIN IF random() > 0.5 THEN CREATE TABLE b (); END IF; END $$;",
        "DO 'BEGIN EXECUTE ''CREATE TABLE b ()''; END';",
        "SELECT pg_read_file('/etc/hostname');",
        "SELECT lo_import('/etc/hostname');",
        "SELECT count(*) FROM pg_stat_activity;",
        "SELECT current_setting('data_directory');",
        "SELECT current_database();",
        "CREATE TABLE a AS SELECT now() AS at;",
        "CREATE MATERIALIZED VIEW m AS SELECT clock_timestamp() AS at;",
        "CREATE FUNCTION part() RETURNS void LANGUAGE plpgsql AS "
        "$f$ BEGIN IF now() > '2026-01-01' THEN CREATE TABLE b (); END IF; END $f$;"
        "SELECT part();",
        "CREATE FUNCTION inner_one() RETURNS bool LANGUAGE sql AS 'SELECT now() > ''2026-01-01''';"
        "CREATE FUNCTION outer_one() RETURNS bool LANGUAGE sql AS 'SELECT inner_one()';"
        "DO $$ BEGIN IF outer_one() THEN CREATE TABLE b (); END IF; END $$;",
        "CREATE VIEW clock AS SELECT now() AS at;"
        "DO $$ BEGIN IF (SELECT at > '2026-01-01' FROM clock) THEN CREATE TABLE b (); END IF; "
        "END $$;",
        "CREATE TABLE a (at timestamptz DEFAULT now());"
        "DO $$ BEGIN INSERT INTO a DEFAULT VALUES; END $$;",
        "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
        "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f();",
        "DO LANGUAGE plpython3u 'import os';",
        "IMPORT FOREIGN SCHEMA public FROM SERVER s INTO public;",
        "LOAD 'auto_explain';",
        "PREPARE x AS SELECT 1;"})
    EXPECT_FALSE(is_certain(sql)) << sql;
}

}  // namespace pgmend::test
