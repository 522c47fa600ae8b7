-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, p int4range, a text);
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (p WITH &&) WHERE (id > 0) DEFERRABLE;
ALTER TABLE t ADD CONSTRAINT y EXCLUDE USING btree (id WITH =) INCLUDE (a) WITH (fillfactor = 70);
