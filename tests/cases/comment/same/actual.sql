-- SPDX-License-Identifier: MIT
CREATE SCHEMA app;
CREATE TABLE app.t (id integer CONSTRAINT id_ok CHECK (id > 0), note text);
CREATE TYPE app.mood AS ENUM ('a');
CREATE DOMAIN app.short AS text CONSTRAINT not_long CHECK (value <> '');
CREATE TYPE app.pair AS (a integer, b integer);
CREATE SEQUENCE app.numbers;
CREATE INDEX t_id ON app.t (id);
CREATE VIEW app.v AS SELECT id FROM app.t;
CREATE MATERIALIZED VIEW app.m AS SELECT id FROM app.t;
CREATE FUNCTION app.f(a integer, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION app.g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE PROCEDURE app.p() LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE AGGREGATE app.how_many(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE TRIGGER tr BEFORE INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION app.g();
CREATE POLICY po ON app.t USING (id > 0);
CREATE RULE ru AS ON DELETE TO app.t DO INSTEAD NOTHING;
CREATE STATISTICS app.st ON id, note FROM app.t;
COMMENT ON SCHEMA app IS 'it''s
SCHEMA app \ Ä';
COMMENT ON TABLE app.t IS 'it''s
TABLE app.t \ Ä';
COMMENT ON COLUMN app.t.note IS 'it''s
COLUMN app.t.note \ Ä';
COMMENT ON CONSTRAINT id_ok ON app.t IS 'it''s
CONSTRAINT id_ok ON app.t \ Ä';
COMMENT ON TYPE app.mood IS 'it''s
TYPE app.mood \ Ä';
COMMENT ON CONSTRAINT not_long ON DOMAIN app.short IS 'it''s
CONSTRAINT not_long ON DOMAIN app.short \ Ä';
COMMENT ON TYPE app.pair IS 'it''s
TYPE app.pair \ Ä';
COMMENT ON SEQUENCE app.numbers IS 'it''s
SEQUENCE app.numbers \ Ä';
COMMENT ON INDEX app.t_id IS 'it''s
INDEX app.t_id \ Ä';
COMMENT ON VIEW app.v IS 'it''s
VIEW app.v \ Ä';
COMMENT ON COLUMN app.v.id IS 'it''s
COLUMN app.v.id \ Ä';
COMMENT ON MATERIALIZED VIEW app.m IS 'it''s
MATERIALIZED VIEW app.m \ Ä';
COMMENT ON FUNCTION app.f(integer, text) IS 'it''s
FUNCTION app.f(integer, text) \ Ä';
COMMENT ON PROCEDURE app.p() IS 'it''s
PROCEDURE app.p() \ Ä';
COMMENT ON AGGREGATE app.how_many(*) IS 'it''s
AGGREGATE app.how_many(*) \ Ä';
COMMENT ON TRIGGER tr ON app.t IS 'it''s
TRIGGER tr ON app.t \ Ä';
COMMENT ON POLICY po ON app.t IS 'it''s
POLICY po ON app.t \ Ä';
COMMENT ON RULE ru ON app.t IS 'it''s
RULE ru ON app.t \ Ä';
COMMENT ON STATISTICS app.st IS 'it''s
STATISTICS app.st \ Ä';
COMMENT ON DOMAIN app.short IS 'it''s
DOMAIN app.short \ Ä';
COMMENT ON COLUMN app.m.id IS 'it''s
COLUMN app.m.id \ Ä';
