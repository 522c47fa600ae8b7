-- SPDX-License-Identifier: MIT
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE TABLE t (id integer);
