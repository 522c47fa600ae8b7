#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# ALTER TABLE ... DROP COLUMN, and what names the column in an expression or a condition.
#
# Seen with PostgreSQL 16.2 (pgserver 0.1.4 from PyPI); 15.18 does the same. The column of
#   - a plain key (UNIQUE, EXCLUDE) goes and takes it along,
#   - an index's expression or condition, unique ones too, goes and takes the index along,
#   - an exclusion constraint's expression or WHERE does not go: "cannot drop column i of table ...
#     because other objects depend on it". The constraint has to be dropped before, in the same
#     ALTER TABLE too: its parts are done in the order in which they stand.
# The same index drops silently or holds its columns, by whether a constraint stands on it.
set -euo pipefail

# shellcheck source=findings/lib/server.sh
. "$(dirname "$0")/lib/server.sh"
"$bin/postgres" --version

# goes NAME DEFINITION: whether its column i can be dropped while it is there
goes() {
  "$bin/psql" -X -q -d postgres -c "CREATE TABLE $1 (i integer, r int4range)" -c "${2//_T_/$1}"
  "$bin/psql" -X -q -d postgres -c "ALTER TABLE $1 DROP COLUMN i" >/dev/null 2>"$folder/said"
}
expect() {
  local answer=no
  goes "$2" "$3" && answer=yes
  printf '%-3s %s\n' "$answer" "$3"
  [[ $answer == "$1" ]] || { cat "$folder/said"; echo 'this has changed'; exit 1; }
}

expect yes one 'ALTER TABLE _T_ ADD UNIQUE (i)'
expect yes two 'CREATE UNIQUE INDEX ON _T_ (r) WHERE i > 0'
expect yes three "CREATE INDEX ON _T_ USING gist (int4range(i, i, '[]'))"
expect yes four 'ALTER TABLE _T_ ADD CHECK (i > 0)'
expect no five 'ALTER TABLE _T_ ADD CONSTRAINT x EXCLUDE USING gist (r WITH &&) WHERE (i > 0)'
grep -q 'constraint x on table five depends on column i of table five' "$folder/said"
expect no six "ALTER TABLE _T_ ADD EXCLUDE USING gist (int4range(i, i, '[]') WITH &&)"

if "$bin/psql" -X -q -d postgres -c 'ALTER TABLE five DROP COLUMN i, DROP CONSTRAINT x' 2>/dev/null; then
  echo 'the order in a statement no longer counts: this has changed' && exit 1
fi
"$bin/psql" -X -q -d postgres -c 'ALTER TABLE five DROP CONSTRAINT x, DROP COLUMN i'
echo 'as described'
