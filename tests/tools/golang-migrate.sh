# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=golang-migrate
get() { go_get github.com/golang-migrate/migrate/v4/cmd/migrate@v4.20.1 -tags postgres; }
begin() {
  mkdir -p db/migrations
  echo 'CREATE TABLE users (id int PRIMARY KEY, email text);' >db/migrations/000001_users.up.sql
  echo 'DROP TABLE users;' >db/migrations/000001_users.down.sql
}
more() { echo 'ALTER TABLE users ADD name text;' >db/migrations/000002_name.up.sql; }
broken() { echo 'SELECT 1 / 0;' >db/migrations/000003_broken.up.sql; }
failed='3 is dirty'
apply() { "$home/migrate" -path db/migrations -database "$DATABASE_URL?sslmode=disable&x-migrations-table=steps" up; }
