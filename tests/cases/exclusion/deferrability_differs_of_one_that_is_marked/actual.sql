-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, r int4range);
ALTER TABLE t ADD CONSTRAINT "e 1" EXCLUDE USING gist (int4range(a, a + 1) WITH &&, r WITH &&);
ALTER INDEX "e 1" ALTER COLUMN 1 SET STATISTICS 50;
ALTER TABLE t CLUSTER ON "e 1";
