-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, b integer DEFAULT 1);
ALTER TABLE t ADD CONSTRAINT given NOT NULL b NOT VALID;
