# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=Diesel
get() { cargo_get diesel_cli@2.3.14 --no-default-features --features postgres; }
begin() {
  mkdir migrations
  echo '[migrations_directory]' >diesel.toml
  echo 'dir = "migrations"' >>diesel.toml
  step 2024-01-01-000000_users 'CREATE TABLE users (id int PRIMARY KEY, email text);'
}
step() { mkdir "migrations/$1" && echo "$2" >"migrations/$1/up.sql" && echo 'SELECT 1;' >"migrations/$1/down.sql"; }
more() { step 2024-01-02-000000_name 'ALTER TABLE users ADD name text;'; }
apply() { "$home/bin/diesel" migration run; }
