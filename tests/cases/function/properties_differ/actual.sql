-- SPDX-License-Identifier: MIT
CREATE FUNCTION f(n integer) RETURNS SETOF integer LANGUAGE sql STABLE PARALLEL RESTRICTED SET lock_timeout TO '1s' AS $$SELECT n$$;
