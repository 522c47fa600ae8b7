#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# pg_dump and a procedural language whose handler is one of the server's own functions.
#
# Seen with PostgreSQL 16.2 (pgserver 0.1.4 from PyPI, which brings server and pg_dump):
# CREATE LANGUAGE plother HANDLER plpgsql_call_handler, with the handler in pg_catalog, is dumped as
# "CREATE OR REPLACE PROCEDURAL LANGUAGE plother;", without its handler. That statement means
# CREATE EXTENSION plother, and so the dump does not restore: extension "plother" is not available.
# With a handler in another schema the dump names it, and restores.
# For a comparison by dumps: two languages that differ in a handler of pg_catalog are dumped alike.
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
"$bin/pg_dump" --version

"$bin/psql" -X -q -d postgres -c 'CREATE DATABASE one' -c 'CREATE DATABASE two'
"$bin/psql" -X -q -d one -c 'CREATE LANGUAGE plother HANDLER plpgsql_call_handler'
"$bin/pg_dump" --schema-only one >"$folder/one.sql"
statement=$(grep 'LANGUAGE plother;' "$folder/one.sql" | grep -v '^ALTER')
printf 'dumped: %s\n' "$statement"
[[ $statement == 'CREATE OR REPLACE PROCEDURAL LANGUAGE plother;' ]]
if said=$("$bin/psql" -X -q -d two -v ON_ERROR_STOP=1 -f "$folder/one.sql" 2>&1); then
  echo 'the dump restored: this has changed' && exit 1
fi
printf 'restored: %s\n' "$(grep -o 'extension "plother" is not available' <<<"$said")"

"$bin/psql" -X -q -d postgres -c 'DROP DATABASE one' -c 'CREATE DATABASE one' \
  -c 'DROP DATABASE two' -c 'CREATE DATABASE two'
"$bin/psql" -X -q -d one -c "CREATE FUNCTION public.handle() RETURNS language_handler LANGUAGE c
  AS '\$libdir/plpgsql', 'plpgsql_call_handler'" -c 'CREATE LANGUAGE plother HANDLER public.handle'
"$bin/pg_dump" --schema-only one >"$folder/one.sql"
grep 'LANGUAGE plother HANDLER' "$folder/one.sql"
"$bin/psql" -X -q -d two -v ON_ERROR_STOP=1 -f "$folder/one.sql" >/dev/null
echo 'as described'
