# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=refinery
get() { cargo_get refinery_cli@0.10.0 --no-default-features --features postgresql; }
begin() {
  mkdir migrations
  echo 'CREATE TABLE users (id int PRIMARY KEY, email text);' >migrations/V1__users.sql
}
more() { echo 'ALTER TABLE users ADD name text;' >migrations/V2__name.sql; }
apply() { "$home/bin/refinery" migrate -e DATABASE_URL -p migrations; }
