-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer);
CREATE VIEW v AS SELECT id FROM t;
CREATE VIEW a_above AS SELECT id FROM v;
