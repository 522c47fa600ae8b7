-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, g integer GENERATED ALWAYS AS (id + 1) STORED);
CREATE INDEX i ON t (g);
CREATE VIEW v AS SELECT g FROM t;
