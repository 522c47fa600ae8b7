-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a varchar(20), n integer);
ALTER TABLE t ADD CONSTRAINT k CHECK (((a)::text <> ALL (ARRAY[('x'::character varying)::text, ('y'::character varying)::text])));
