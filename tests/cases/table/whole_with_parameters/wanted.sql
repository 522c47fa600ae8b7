-- SPDX-License-Identifier: MIT
CREATE UNLOGGED TABLE a (k integer) WITH (fillfactor = 70, autovacuum_enabled = false);
CREATE TABLE b (k integer);
ALTER TABLE b REPLICA IDENTITY FULL;
