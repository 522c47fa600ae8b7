-- SPDX-License-Identifier: MIT
CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TABLE a.things (id integer, name text);
CREATE TABLE b.things (id bigint, name varchar(10));
CREATE INDEX ix_name ON a.things (name);
