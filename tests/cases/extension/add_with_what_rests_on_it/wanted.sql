-- SPDX-License-Identifier: MIT
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE TABLE t (id integer, mail ext.citext, name text);
CREATE INDEX t_name ON t USING gin (name ext.gin_trgm_ops);
