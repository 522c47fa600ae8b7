-- SPDX-License-Identifier: MIT
CREATE TABLE a (t text) WITH (fillfactor = 70);
CREATE TABLE b (t text) WITH (toast.autovacuum_enabled = false);
CREATE TABLE c (t text) WITH (toast.autovacuum_enabled = false, toast.autovacuum_freeze_min_age = 5);
CREATE TABLE "Lacks ""t" (k integer);
CREATE TABLE parts (k integer, t text) PARTITION BY LIST (k);
CREATE TABLE part PARTITION OF parts FOR VALUES IN (1);
CREATE TABLE base (t text) WITH (toast.autovacuum_enabled = false);
