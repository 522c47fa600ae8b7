-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, p int4range, a text);
ALTER TABLE t ADD CONSTRAINT y EXCLUDE USING gist (p WITH &&);
