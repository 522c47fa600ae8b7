-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role text);
CREATE MATERIALIZED VIEW m AS SELECT id, role AS "Ro le", email FROM users;
ALTER MATERIALIZED VIEW m ALTER email SET STORAGE MAIN, ALTER email SET STATISTICS 4,
  ALTER id SET (n_distinct = 6, n_distinct_inherited = 3);
ALTER MATERIALIZED VIEW m SET (toast.vacuum_truncate = false);
CREATE MATERIALIZED VIEW plain AS SELECT id, role FROM users;
CREATE INDEX plain_id ON plain (id);
ALTER MATERIALIZED VIEW plain CLUSTER ON plain_id;
ALTER MATERIALIZED VIEW plain SET (toast.autovacuum_enabled = false);
ALTER MATERIALIZED VIEW plain ALTER role SET STORAGE PLAIN, ALTER id SET STATISTICS 0;
