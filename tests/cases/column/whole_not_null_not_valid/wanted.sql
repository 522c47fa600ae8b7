-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer NOT NULL, b integer);
ALTER TABLE t ADD CONSTRAINT t_b_not_null NOT NULL b NOT VALID;
