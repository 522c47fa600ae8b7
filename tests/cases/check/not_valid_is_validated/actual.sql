-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer);
ALTER TABLE t ADD CONSTRAINT k CHECK (n > 0) NOT VALID;
