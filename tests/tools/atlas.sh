# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
# No registry has the program: it is the one that is there for bench/verify (bench/README.md).
says=Atlas
failed='failed: 1 of 2 statements were applied'
get() {
  atlas=$(command -v atlas || echo "${PGMEND_BENCH_GO:-/var/tmp/pgmend-bench-go-$(id -u)}/atlas")
  [[ -x $atlas ]] || return 77
}
migration() {
  mkdir -p migrations && cat >"migrations/$1.sql"
  "$atlas" migrate hash --dir file://migrations
}
begin() { migration 20240101000000_users <<<'CREATE TABLE users (id int PRIMARY KEY, email text);'; }
more() { migration 20240102000000_name <<<'ALTER TABLE users ADD name text;'; }
apply() { "$atlas" migrate apply --dir file://migrations --url "$DATABASE_URL?sslmode=disable"; }
broken() {
  migration 20240103000000_broken <<'END'
-- atlas:txmode none

ALTER TABLE users ADD shelf text;
ALTER TABLE nowhere ADD shelf text;
END
}
