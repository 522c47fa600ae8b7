-- SPDX-License-Identifier: MIT
CREATE FUNCTION label() RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'l'::text $$;
CREATE TABLE t (id integer);
