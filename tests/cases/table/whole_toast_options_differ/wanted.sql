-- SPDX-License-Identifier: MIT
CREATE TABLE a (t text) WITH (fillfactor = 70, toast.autovacuum_enabled = false);
CREATE TABLE b (t text);
CREATE TABLE c (t text) WITH (toast.autovacuum_enabled = true, toast.vacuum_truncate = false);
CREATE TABLE "Lacks ""t" (k integer, t text) WITH (toast.autovacuum_enabled = false);
CREATE TABLE parts (k integer, t text) PARTITION BY LIST (k);
CREATE TABLE part PARTITION OF parts FOR VALUES IN (1)
  WITH (toast.autovacuum_vacuum_threshold = 77);
CREATE TABLE base (t text) WITH (toast.autovacuum_enabled = false);
CREATE TABLE child (more text) INHERITS (base) WITH (toast.vacuum_truncate = true);
