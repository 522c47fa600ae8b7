-- SPDX-License-Identifier: MIT
CREATE EXTENSION hstore;
CREATE EXTENSION citext;
CREATE TABLE t (id integer);
