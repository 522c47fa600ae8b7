-- SPDX-License-Identifier: MIT
CREATE TABLE t (a date, b integer, c text);
CREATE VIEW v AS SELECT a, c FROM t;
COMMENT ON COLUMN t.a IS 'a';
CREATE INDEX i ON t (c) WHERE a > '2020-01-01';
