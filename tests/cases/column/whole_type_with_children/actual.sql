-- SPDX-License-Identifier: MIT
CREATE TABLE ev (id integer, n integer) PARTITION BY LIST (id);
CREATE TABLE ev1 PARTITION OF ev FOR VALUES IN (1);
CREATE TABLE base (id integer, n integer);
CREATE TABLE sub () INHERITS (base);
CREATE TABLE own (n integer) INHERITS (base);
