-- SPDX-License-Identifier: MIT
CREATE UNLOGGED TABLE a (k integer) WITH (fillfactor = 70);
CREATE TABLE b (k integer);
ALTER TABLE b REPLICA IDENTITY NOTHING;
CREATE TABLE c (k integer) WITH (autovacuum_enabled = false);
