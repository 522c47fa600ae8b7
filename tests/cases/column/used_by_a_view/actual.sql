-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c varchar(5));
CREATE VIEW v AS SELECT c FROM t;
