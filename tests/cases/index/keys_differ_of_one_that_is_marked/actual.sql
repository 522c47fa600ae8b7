-- SPDX-License-Identifier: MIT
CREATE TABLE "fe ed" (id integer NOT NULL, c integer, n integer);
CREATE UNIQUE INDEX "f ""i" ON "fe ed" (id);
ALTER TABLE "fe ed" REPLICA IDENTITY USING INDEX "f ""i";
CREATE INDEX ci ON "fe ed" ((c + 1), (n + 1)) WITH (fillfactor = 80);
ALTER INDEX ci ALTER COLUMN 1 SET STATISTICS 77, ALTER COLUMN 2 SET STATISTICS 0;
ALTER TABLE "fe ed" CLUSTER ON ci;
