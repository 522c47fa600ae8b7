-- SPDX-License-Identifier: MIT
CREATE EXTENSION btree_gist;
CREATE TABLE t (id integer, p int4range, a text);
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (id WITH =, p WITH &&);
