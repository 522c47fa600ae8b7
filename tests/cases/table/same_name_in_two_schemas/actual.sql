-- SPDX-License-Identifier: MIT
CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TABLE a.things (id integer);
CREATE TABLE b.things (id integer);
