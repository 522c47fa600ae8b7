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

folder=$(mktemp -d)
trap 'stop; rm -rf "$folder"' EXIT
as() { if [[ $(id -u) -eq 0 ]]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
stop() { as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; }

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pgserver==0.1.4
bin=$(echo "$folder"/venv/lib/python3*/site-packages/pgserver/pginstall/bin)
chmod -R a+rX "$folder"
mkdir "$folder/data" && chmod 755 "$folder"
[[ $(id -u) -ne 0 ]] || chown 65534:65534 "$folder" "$folder/data"
cd "$folder"
as "$bin/initdb" --auth=trust --username=postgres --pgdata="$folder/data" >/dev/null
as "$bin/pg_ctl" -D "$folder/data" -o "-k $folder -c listen_addresses=''" -l "$folder/log" -w start >/dev/null
export PGHOST=$folder PGUSER=postgres
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
