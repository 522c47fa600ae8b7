-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE MATERIALIZED VIEW m AS SELECT id, role FROM users WHERE (role)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]);
CREATE INDEX m_role ON m (id) WHERE (role)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]);
