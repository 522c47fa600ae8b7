-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer);
INSERT INTO t VALUES (1, 'a', -1);
ALTER TABLE t ADD CONSTRAINT k CHECK (n > 0) NOT VALID;
