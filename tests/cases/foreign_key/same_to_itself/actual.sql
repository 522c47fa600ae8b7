-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY, a text, n integer);
ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (n) REFERENCES t (id);
