# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=sqlx
get() { cargo_get sqlx-cli@0.9.0 --no-default-features --features postgres,rustls; }
begin() {
  mkdir migrations
  echo 'CREATE TABLE users (id int PRIMARY KEY, email text);' >migrations/20240101000000_users.sql
}
more() { echo 'ALTER TABLE users ADD name text;' >migrations/20240102000000_name.sql; }
apply() { "$home/bin/sqlx" migrate run; }
