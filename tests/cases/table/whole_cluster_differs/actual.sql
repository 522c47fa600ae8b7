-- SPDX-License-Identifier: MIT
CREATE TABLE a (k integer, n integer);
CREATE INDEX a_k ON a (k);
CREATE INDEX a_n ON a (n);
CREATE TABLE b (k integer);
CREATE INDEX b_k ON b (k);
ALTER TABLE b CLUSTER ON b_k;
CREATE TABLE c (k integer, n integer);
CREATE INDEX c_k ON c (k);
CREATE INDEX c_n ON c (n);
ALTER TABLE c CLUSTER ON c_k;
CREATE SCHEMA "My App";
CREATE TABLE "My App"."t 1" (k integer PRIMARY KEY, n integer);
CREATE TABLE d (k integer NOT NULL);
CREATE TABLE parts (k integer) PARTITION BY LIST (k);
CREATE TABLE part PARTITION OF parts FOR VALUES IN (1);
