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

# shellcheck source=findings/lib/server.sh
. "$(dirname "$0")/lib/server.sh"
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
