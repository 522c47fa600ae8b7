-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer);
ALTER TABLE t ADD CONSTRAINT k CHECK (n BETWEEN 1 AND 5 AND id > 0);
