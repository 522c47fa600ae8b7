#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# drizzle-kit's `migrate` and a migration that fails: what a deployment's log shows of it.
#
# Seen with drizzle-kit 0.31.11 and drizzle-orm 0.45.1 from npm, server PostgreSQL 16.2: the second
# of two migrations divides by zero. `drizzle-kit migrate` ends with exit code 1 and prints nothing
# of the error: neither the server's words nor which file it was. Both migrations are in one
# transaction, so the first is undone as well, and drizzle.__drizzle_migrations stands there empty:
# schema and table were made outside of that transaction. A database with an empty version table is
# therefore one where a first run failed, as likely as one that nobody has migrated.
set -euo pipefail

# shellcheck source=findings/lib/server.sh
. "$(dirname "$0")/lib/server.sh"
(npm init -y && npm install --no-audit --no-fund drizzle-kit@0.31.11 drizzle-orm@0.45.1 pg@8.16.3) >"$folder/npm.log" 2>&1

mkdir -p drizzle/meta
echo 'CREATE TABLE one (id int);' >drizzle/0000_one.sql
echo 'SELECT 1/0;' >drizzle/0001_two.sql
cat >drizzle/meta/_journal.json <<'END'
{"version": "7", "dialect": "postgresql", "entries": [
  {"idx": 0, "version": "7", "when": 1700000000000, "tag": "0000_one", "breakpoints": true},
  {"idx": 1, "version": "7", "when": 1700000001000, "tag": "0001_two", "breakpoints": true}]}
END
echo "module.exports = {dialect: 'postgresql', out: './drizzle', schema: './schema.js',
  dbCredentials: {url: 'postgresql://postgres@127.0.0.1:$PGPORT/postgres'}};" >drizzle.config.js
code=0
node_modules/.bin/drizzle-kit migrate >"$folder/said" 2>&1 </dev/null || code=$?
printf 'exit code %s, said:\n' "$code"
cat "$folder/said"
[[ $code -eq 1 ]]
if grep -qiE 'division|zero|0001_two|error:' "$folder/said"; then
  echo 'it says why: this has changed' && exit 1
fi
left=$("$bin/psql" -X -A -t -d postgres -c "SELECT to_regclass('one') IS NULL, (SELECT count(*) FROM drizzle.__drizzle_migrations)")
printf 'the first migration is undone, rows: %s\n' "$left"
[[ $left == 't|0' ]]
echo 'as described'
