-- SPDX-License-Identifier: MIT
CREATE FUNCTION f(n integer) RETURNS SETOF integer LANGUAGE sql  AS $$SELECT n$$;
