-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b integer NOT NULL);
ALTER TABLE t ADD CONSTRAINT t_a_not_null NOT NULL a NOT VALID;
