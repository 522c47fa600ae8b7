-- SPDX-License-Identifier: MIT
CREATE FUNCTION z_label() RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT 'new'$$;
CREATE FUNCTION is_label(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1 <> ''$$;
CREATE TABLE a (id integer, label text DEFAULT z_label(), CONSTRAINT label_ok CHECK (is_label(label)));
CREATE VIEW a_view AS SELECT z_label() AS label;
CREATE FUNCTION all_of_a() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM public.a';
