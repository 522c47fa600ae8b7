-- SPDX-License-Identifier: MIT
CREATE FUNCTION f(n integer) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  -- don't
  RETURN 'a  b';
END
$$;
