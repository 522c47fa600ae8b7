-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE VIEW v AS SELECT id FROM users WHERE (role)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]) AND ((id >= 1) AND (id <= 5));
