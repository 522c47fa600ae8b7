-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE FUNCTION staff(a varchar DEFAULT 'x'::character varying) RETURNS SETOF integer BEGIN ATOMIC SELECT users.id FROM users WHERE (users.role)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]); END;
