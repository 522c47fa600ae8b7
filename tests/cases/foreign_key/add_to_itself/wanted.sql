-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer);
ALTER TABLE t ADD UNIQUE (id);
ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (n) REFERENCES t (id);
