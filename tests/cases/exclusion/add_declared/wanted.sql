-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, p int4range, a text);
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (p WITH &&);
