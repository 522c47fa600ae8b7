-- SPDX-License-Identifier: MIT
CREATE FUNCTION f(a integer, b text DEFAULT 'y') RETURNS integer LANGUAGE sql AS $$SELECT a$$;
