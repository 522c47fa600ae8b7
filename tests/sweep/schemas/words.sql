-- SPDX-License-Identifier: MIT
-- Names that are key words of some versions, and expressions that each version prints in its way.
CREATE SCHEMA words;
SET search_path = words, public;

CREATE FUNCTION words.json(integer) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE FUNCTION words.json_scalar(a integer, b integer) RETURNS boolean LANGUAGE sql IMMUTABLE
  AS 'SELECT a < b';
CREATE FUNCTION words.json_value(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE
  AS 'SELECT a - b';
CREATE FUNCTION words.json_query(state integer, value integer) RETURNS integer LANGUAGE sql IMMUTABLE
  AS 'SELECT state + value';
CREATE FUNCTION words.merge_action(a double precision, b double precision) RETURNS double precision
  LANGUAGE sql IMMUTABLE AS 'SELECT a - b';
COMMENT ON FUNCTION words.json(integer) IS 'Says it in words';

CREATE TYPE words.json_exists AS (json integer, normalize text);
CREATE DOMAIN words.json_object AS text CONSTRAINT json CHECK (VALUE <> '');
CREATE TYPE words.json_array AS ENUM ('json', 'json_value');
CREATE TYPE words.json_table AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = words.merge_action);
CREATE FUNCTION words.takes(words.json_object, words.json_exists[]) RETURNS words.json_array
  LANGUAGE sql AS 'SELECT NULL::words.json_array';
COMMENT ON FUNCTION words.takes(words.json_object, words.json_exists[]) IS 'Takes words';

CREATE FUNCTION words.to_object(integer) RETURNS words.json_exists LANGUAGE sql IMMUTABLE
  AS 'SELECT ROW($1, NULL)::words.json_exists';
CREATE CAST (integer AS words.json_exists) WITH FUNCTION words.to_object(integer);
COMMENT ON CAST (integer AS words.json_exists) IS 'A cast to a word';
CREATE FUNCTION words.json_serialize(words.json_exists) RETURNS integer LANGUAGE sql IMMUTABLE
  AS 'SELECT ($1).json';
CREATE CAST (words.json_exists AS integer) WITH FUNCTION words.json_serialize(words.json_exists);
CREATE OPERATOR words.<<< (LEFTARG = integer, RIGHTARG = integer, FUNCTION = words.json_scalar);
CREATE AGGREGATE words.json_arrayagg(integer)
  (SFUNC = words.json_query, STYPE = integer, INITCOND = '0');
CREATE OPERATOR CLASS words.json_ops FOR TYPE integer USING btree AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
  FUNCTION 1 words.json_value(integer, integer);

CREATE TABLE words.json_objectagg (
  id bigserial PRIMARY KEY,
  json jsonb,
  json_value integer DEFAULT 1 NOT NULL,
  normalize text,
  typed words.json_object,
  made words.json_exists,
  kind words.json_array DEFAULT 'json',
  upper_json text GENERATED ALWAYS AS (upper(normalize)) STORED,
  CONSTRAINT json_scalar CHECK (json_value > 0),
  UNIQUE (json_value, normalize)
);
ALTER SEQUENCE words.json_objectagg_id_seq RENAME TO merge_action;
CREATE INDEX json_query ON words.json_objectagg (json_value, lower(normalize))
  INCLUDE (json) WHERE json_value > 7;
CREATE STATISTICS words.json_stats ON json_value, normalize FROM words.json_objectagg;
CREATE TABLE words.parts (json integer, at date) PARTITION BY RANGE (json, at);
CREATE TABLE words.parts_1 PARTITION OF words.parts FOR VALUES FROM (1, '2026-01-01') TO (9, '2026-01-01');
CREATE TABLE words.child (json_value integer, normalize text,
  FOREIGN KEY (json_value, normalize) REFERENCES words.json_objectagg (json_value, normalize));

CREATE FUNCTION words.json_exists() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER json BEFORE UPDATE OF json, json_value ON words.json_objectagg
  FOR EACH ROW WHEN (OLD.json_value <> NEW.json_value) EXECUTE FUNCTION words.json_exists();
CREATE POLICY json ON words.json_objectagg USING (json_value > 1);
COMMENT ON POLICY json ON words.json_objectagg IS 'A policy on a word';
COMMENT ON COLUMN words.json_objectagg.json IS 'A column that is a word';
CREATE VIEW words.json_view AS
  SELECT o.json, o.json_value, o.normalize AS json_table FROM words.json_objectagg o;
CREATE PUBLICATION json FOR TABLE words.json_objectagg;

CREATE VIEW words.spelled AS
  SELECT EXTRACT(year FROM o.at)::integer AS year,
         trim(both 'x' from o.word) AS trimmed,
         trim(o.word) AS bare,
         substring(o.word from 2 for 3) AS part,
         position('b' in o.word) AS place,
         overlay(o.word placing 'zz' from 2) AS over,
         normalize(o.word, NFKC) AS normal,
         o.word IS NFC NORMALIZED AS is_normal,
         o.at AT TIME ZONE 'UTC' AS there,
         (o.at, o.at) OVERLAPS (o.at, o.at) AS meets,
         o.short = trim(o.short) AS is_short,
         EXISTS (SELECT true FROM words.parts p WHERE p.json = 1) AS is_there
  FROM (SELECT now() AS at, 'abc'::text AS word, 'x'::varchar AS short) AS o;
CREATE TABLE words.texts (body text, at timestamp, ip inet, net cidr);
CREATE INDEX texts_trimmed ON words.texts (trim(body), (EXTRACT(month FROM at)::integer));
CREATE INDEX texts_ip ON words.texts USING gist (ip inet_ops, net inet_ops);
ALTER TABLE words.texts ADD CONSTRAINT texts_ips EXCLUDE USING gist (ip inet_ops WITH &&);

-- Written with quotes, since it is a value of its own where this is loaded; printed without before 16.
CREATE TABLE words.who ("system_user" text DEFAULT 'x', CONSTRAINT named CHECK ("system_user" <> ''));
CREATE INDEX who_lower ON words.who (lower("system_user")) WHERE "system_user" > 'a';
CREATE VIEW words.people AS SELECT "system_user", upper("system_user") AS loud FROM words.who;
