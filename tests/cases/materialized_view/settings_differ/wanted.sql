-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role text);
CREATE MATERIALIZED VIEW m AS SELECT id, role AS "Ro le", email FROM users;
ALTER MATERIALIZED VIEW m ALTER email SET STORAGE EXTERNAL, ALTER "Ro le" SET STATISTICS 22,
  ALTER id SET (n_distinct = 5);
ALTER MATERIALIZED VIEW m SET (toast.autovacuum_enabled = false);
CREATE UNIQUE INDEX mi ON m (id);
ALTER MATERIALIZED VIEW m CLUSTER ON mi;
CREATE MATERIALIZED VIEW plain AS SELECT id, role FROM users;
CREATE INDEX plain_id ON plain (id);
