-- SPDX-License-Identifier: MIT
CREATE TABLE a (k integer) WITH (fillfactor = 80, autovacuum_enabled = false);
CREATE TABLE b (k integer);
CREATE UNLOGGED TABLE c (k integer);
ALTER TABLE c REPLICA IDENTITY FULL;
