# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=Liquibase
get() { maven_get org.liquibase:liquibase-core:4.33.0 org.postgresql:postgresql:42.7.4 info.picocli:picocli:4.7.6; }
begin() {
  mkdir -p db/changelog/steps
  cat >db/changelog/db.changelog-master.yaml <<'END'
databaseChangeLog:
  - includeAll:
      path: steps
      relativeToChangelogFile: true
END
  cat >db/changelog/steps/001.xml <<'END'
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
  <changeSet id="1" author="ann"><sql>CREATE TABLE users (id int PRIMARY KEY, email text)</sql></changeSet>
  <changeSet id="2" author="ann" dbms="oracle"><sql>SELECT 1 FROM dual</sql></changeSet>
</databaseChangeLog>
END
}
more() {
  printf -- '--liquibase formatted sql\n--changeset ann:1\nALTER TABLE users ADD name text;\n' >db/changelog/steps/002.sql
}
apply() {
  java -cp "$home/jars/*" liquibase.integration.commandline.LiquibaseCommandLine update \
    --changelog-file=db/changelog/db.changelog-master.yaml --username=postgres --password= \
    --url="jdbc:postgresql://127.0.0.1:$PGPORT/$PGDATABASE"
}
