-- SPDX-License-Identifier: MIT
CREATE FUNCTION f(n integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN n + 1; END $$;
CREATE VIEW v AS SELECT f(1) AS one;
