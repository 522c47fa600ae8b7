-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, note text);
CREATE VIEW v AS SELECT id, note FROM t;
CREATE VIEW a_above AS SELECT id, note FROM v;
