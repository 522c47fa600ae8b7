-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer);
ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE (a);
