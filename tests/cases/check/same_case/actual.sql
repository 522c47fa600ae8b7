-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer);
ALTER TABLE t ADD CONSTRAINT k CHECK (CASE WHEN n > 0 THEN a IS NOT NULL ELSE true END);
