# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=sqitch
get() { command -v sqitch >/dev/null || return 77; }
begin() {
  sqitch init shop --engine pg --target "db:pg://postgres@127.0.0.1:$PGPORT/$PGDATABASE"
  sqitch config user.name Ann && sqitch config user.email ann@example.org
  step users 'CREATE TABLE users (id int PRIMARY KEY, email text);'
}
step() {
  sqitch add "$1" -n "$1"
  printf 'BEGIN;\n%s\nCOMMIT;\n' "$2" >"deploy/$1.sql"
}
more() { step name 'ALTER TABLE users ADD name text;'; }
apply() { sqitch deploy; }
