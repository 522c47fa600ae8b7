-- SPDX-License-Identifier: MIT
CREATE TABLE base (a integer, b integer);
CREATE TABLE sub (b integer) INHERITS (base);
CREATE TABLE parts (a integer) PARTITION BY LIST (a);
CREATE TABLE part (a integer);
ALTER TABLE parts ATTACH PARTITION part FOR VALUES IN (1);
