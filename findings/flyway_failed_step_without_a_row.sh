#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Flyway on PostgreSQL: what a migration outside of a transaction leaves when it fails.
#
# Seen with Flyway 11.20.3 (Maven Central) and the JDBC driver 42.7.4, server PostgreSQL 16.2:
# a script with executeInTransaction=false whose second statement fails has made its first
# statement's table, and flyway_schema_history holds no row of it: not one with success = false,
# which the table's description promises ("failed migrations are marked"), and `info` says Pending.
# Run again, it fails on the table that is there. So nothing in the history tells a half-done
# database from one that was never touched: only what is there does.
set -euo pipefail

# shellcheck source=findings/lib/jars.sh
. "$(dirname "$0")/lib/jars.sh"
# shellcheck source=findings/lib/server.sh
. "$(dirname "$0")/lib/server.sh"
jars org.flywaydb:flyway-core:11.20.3 org.flywaydb:flyway-database-postgresql:11.20.3 org.postgresql:postgresql:42.7.4

mkdir "$folder/sql"
echo 'CREATE TABLE one (id int);' >"$folder/sql/V1__one.sql"
printf 'CREATE TABLE two (id int);\nSELECT 1/0;\n' >"$folder/sql/V2__two.sql"
echo 'executeInTransaction=false' >"$folder/sql/V2__two.sql.conf"
cat >"$folder/Migrate.java" <<'END'
class Migrate {
  public static void main(String[] args) {
    var flyway = org.flywaydb.core.Flyway.configure().dataSource(args[0], "postgres", "")
        .locations("filesystem:" + args[1]).load();
    try { flyway.migrate(); } catch (Exception error) { System.out.println("failed: " + error.getMessage().lines().filter(l -> l.contains("Message")).findFirst().orElse("")); }
    for (var step : flyway.info().all()) System.out.println(step.getVersion() + " " + step.getState());
  }
}
END
migrate() { java -cp "$folder/jars/*" "$folder/Migrate.java" "jdbc:postgresql://127.0.0.1:$PGPORT/postgres" "$folder/sql" 2>/dev/null; }
first=$(migrate)
echo "$first"
grep -q 'division by zero' <<<"$first"
grep -q '^2 PENDING' <<<"$first"
[[ $("$bin/psql" -X -A -t -d postgres -c "SELECT to_regclass('two') IS NOT NULL, count(*), bool_and(success) FROM flyway_schema_history") == 't|1|t' ]]
again=$(migrate)
grep -q 'relation "two" already exists' <<<"$again"
echo 'as described'
