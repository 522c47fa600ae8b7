-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role text);
CREATE MATERIALIZED VIEW "m 1" WITH (toast.autovacuum_enabled = false) AS
  SELECT id, role AS "Ro le", email FROM users WHERE id > 2;
CREATE INDEX "i 1" ON "m 1" ((id + 1));
CREATE UNIQUE INDEX u1 ON "m 1" (id);
ALTER INDEX "i 1" ALTER COLUMN 1 SET STATISTICS 44;
ALTER MATERIALIZED VIEW "m 1" CLUSTER ON u1;
ALTER MATERIALIZED VIEW "m 1" ALTER email SET STORAGE EXTERNAL, ALTER "Ro le" SET STATISTICS 22,
  ALTER "Ro le" SET (n_distinct = -0.5, n_distinct_inherited = 3);
CREATE STATISTICS s1 ON id, "Ro le" FROM "m 1";
ALTER STATISTICS s1 SET STATISTICS 11;
