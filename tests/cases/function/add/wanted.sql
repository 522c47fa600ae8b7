-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));

CREATE FUNCTION note(id bigint, INOUT label text DEFAULT 'it''s', VARIADIC more integer[] DEFAULT '{}', OUT total integer)
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER LEAKPROOF PARALLEL SAFE COST 7
SET "my.setting" TO 'a, "b"' SET search_path TO pg_catalog, "Odd ""N"" ame", pg_temp SET work_mem TO '4MB'
AS $$
BEGIN
  total := coalesce(cardinality(more), 0);
  label := label || ' $pgmend$ \ ' || id;
END
$$;
CREATE FUNCTION series(integer) RETURNS SETOF integer LANGUAGE sql ROWS 5
AS 'SELECT generate_series(1, $1)';
CREATE FUNCTION pairs(n integer) RETURNS TABLE (a integer, b text) LANGUAGE sql
AS 'SELECT n, n::text';
