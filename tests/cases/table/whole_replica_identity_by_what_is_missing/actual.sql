-- SPDX-License-Identifier: MIT
CREATE TABLE m (x integer NOT NULL);
CREATE TABLE nullable (x integer);
CREATE UNIQUE INDEX ni ON nullable (x);
CREATE TABLE keyed (x integer NOT NULL);
CREATE TABLE parts (k integer NOT NULL, x integer) PARTITION BY LIST (k);
CREATE TABLE part PARTITION OF parts FOR VALUES IN (1);
CREATE TABLE whatever (x integer NOT NULL UNIQUE);
ALTER TABLE whatever REPLICA IDENTITY USING INDEX whatever_x_key;
