-- SPDX-License-Identifier: MIT
CREATE FUNCTION f(a integer, b text) RETURNS integer LANGUAGE sql AS $$SELECT a$$;
