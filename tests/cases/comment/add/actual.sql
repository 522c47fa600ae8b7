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
