-- SPDX-License-Identifier: MIT
CREATE UNLOGGED TABLE a (k integer) WITH (autovacuum_enabled = false, fillfactor = 70);
CREATE TABLE b (k integer);
ALTER TABLE b REPLICA IDENTITY FULL;
