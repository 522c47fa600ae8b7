-- SPDX-License-Identifier: MIT
CREATE TABLE kept (a integer);
CREATE TABLE a (id integer PRIMARY KEY, b integer);
CREATE TABLE b (id integer PRIMARY KEY REFERENCES a, c integer);
CREATE TABLE c (id integer PRIMARY KEY REFERENCES b);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c;
CREATE SEQUENCE numbers;
CREATE TABLE counted (n integer DEFAULT nextval('numbers') + 1);
ALTER SEQUENCE numbers OWNED BY counted.n;
