-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY, price integer);
CREATE FUNCTION f(net integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT net * 119 / 100';
CREATE VIEW v AS SELECT id, f(price) AS gross FROM t;
COMMENT ON VIEW v IS 'prices';
COMMENT ON COLUMN v.gross IS 'with tax';
CREATE VIEW above AS SELECT gross FROM v;
ALTER TABLE t ADD CONSTRAINT positive CHECK (f(price) > 0);
CREATE INDEX by_gross ON t (f(price));
GRANT SELECT ON v TO pg_monitor;
GRANT SELECT (gross) ON above TO pg_read_all_stats;
REVOKE ALL ON FUNCTION f(integer) FROM PUBLIC;
COMMENT ON FUNCTION f(integer) IS 'the tax';
