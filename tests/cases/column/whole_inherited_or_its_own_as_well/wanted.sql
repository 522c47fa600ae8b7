-- SPDX-License-Identifier: MIT
CREATE TABLE base (a integer, b integer);
CREATE TABLE sub (a integer) INHERITS (base);
CREATE TABLE parts (a integer) PARTITION BY LIST (a);
CREATE TABLE part PARTITION OF parts FOR VALUES IN (1);
