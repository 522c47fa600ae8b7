-- SPDX-License-Identifier: MIT
CREATE TYPE state AS ENUM ('open', 'held', 'closed');
CREATE FUNCTION is_open(s state) RETURNS boolean LANGUAGE sql AS $$SELECT s = 'open'$$;
REVOKE ALL ON TYPE state FROM PUBLIC;
