# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=Flyway
get() { maven_get org.flywaydb:flyway-core:11.20.3 org.flywaydb:flyway-database-postgresql:11.20.3 org.postgresql:postgresql:42.7.4; }
begin() {
  mkdir -p src/main/resources/db/migration
  cat >Migrate.java <<'END'
class Migrate {
  public static void main(String[] args) {
    org.flywaydb.core.Flyway.configure().dataSource(args[0], "postgres", "").table("steps")
        .locations("filesystem:src/main/resources/db/migration").load().migrate();
  }
}
END
  echo 'CREATE TABLE users (id int PRIMARY KEY, email text);' >src/main/resources/db/migration/V1__users.sql
  printf '\xef\xbb\xbfCOMMENT ON TABLE users IS\r\n\n  $$all of them, caf\xc3\xa9$$;\n' >src/main/resources/db/migration/R__about_users.sql
}
more() { echo 'ALTER TABLE users ADD name text;' >src/main/resources/db/migration/V1_1__name.sql; }
apply() { java -cp "$home/jars/*" Migrate.java "jdbc:postgresql://127.0.0.1:$PGPORT/$PGDATABASE"; }
