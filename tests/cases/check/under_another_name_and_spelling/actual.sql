-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer);
ALTER TABLE t ADD CONSTRAINT other CHECK (((n >= 1) AND (n <= 5) AND (id > 0)));
