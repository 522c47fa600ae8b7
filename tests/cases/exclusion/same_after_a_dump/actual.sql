-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, p int4range, a text);
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (p range_ops WITH OPERATOR(pg_catalog.&&)) WHERE ((a = ANY (ARRAY['a'::text, 'b'::text])) AND ((id >= 1) AND (id <= 2)));
