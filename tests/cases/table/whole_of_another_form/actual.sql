-- SPDX-License-Identifier: MIT
CREATE TABLE a (k integer);
CREATE TABLE b (k integer);
CREATE TABLE c (k integer, x integer);
CREATE TABLE d (k integer) PARTITION BY LIST (k);
CREATE TABLE d_1 (k integer);
CREATE TABLE d_2 PARTITION OF d FOR VALUES IN (3);
