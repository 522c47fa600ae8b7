-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b text);
CREATE INDEX i1 ON t ((a + 1), b, lower(b));
CREATE INDEX i2 ON t ((a + 2));
ALTER INDEX i2 ALTER COLUMN 1 SET STATISTICS 10;
CREATE INDEX "i ""3" ON t ((a + 3), (a + 4));
ALTER INDEX "i ""3" ALTER COLUMN 1 SET STATISTICS 5;
CREATE TABLE parts (k integer) PARTITION BY LIST (k);
CREATE INDEX parts_k ON parts ((k + 1));
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE INDEX m_a ON m ((a + 1));
