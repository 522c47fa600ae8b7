-- SPDX-License-Identifier: MIT
CREATE FUNCTION add_up(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION finish(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE total(integer) (SFUNC = add_up, STYPE = integer, INITCOND = '0', FINALFUNC = finish, COMBINEFUNC = add_up, PARALLEL = SAFE,
  MSFUNC = add_up, MINVFUNC = add_up, MSTYPE = integer, MINITCOND = '0', MFINALFUNC = finish);
CREATE AGGREGATE how_many(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE middle(float8 ORDER BY float8) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_cont_float8_final);
CREATE AGGREGATE place(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE AGGREGATE smallest(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = <);
