-- SPDX-License-Identifier: MIT
-- The spellings that a dump and reload leave behind.
CREATE TABLE t (a varchar(20), n integer);
CREATE INDEX ix ON t (n) WHERE (a)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]);
CREATE INDEX iy ON t (n) WHERE ((n >= 1) AND (n <= 5) AND (n <> 3));
