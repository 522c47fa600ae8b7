-- SPDX-License-Identifier: MIT
-- What is rare: with zoo.sql, every column of the catalogs that is compared has a value here.
SELECT current_setting('server_version_num')::int >= 140000 AS since_14,
       current_setting('server_version_num')::int >= 150000 AS since_15,
       EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i') AS has_icu \gset
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sweep_reader') THEN
    CREATE ROLE sweep_reader;
    CREATE ROLE sweep_owner;
  END IF;
END
$$;
CREATE SCHEMA cabinet;
SET search_path = cabinet, public;

CREATE AGGREGATE moving(integer) (sfunc = int4pl, stype = integer, initcond = '0',
  msfunc = int4pl, minvfunc = int4mi, mstype = integer, minitcond = '0');
CREATE ACCESS METHOD heap_again TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD btree_again TYPE INDEX HANDLER bthandler;
CREATE DEFAULT CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
-- With a handler that is a function of its own: pg_dump leaves out one of the server's.
CREATE FUNCTION call_other() RETURNS language_handler LANGUAGE c
  AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION inline_other(internal) RETURNS void LANGUAGE c
  AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION validate_other(oid) RETURNS void LANGUAGE c
  AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TRUSTED LANGUAGE plother HANDLER call_other INLINE inline_other VALIDATOR validate_other;
CREATE TEXT SEARCH PARSER words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end,
  HEADLINE = prsd_headline, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TYPE note AS (body text);
CREATE FUNCTION note_in(internal) RETURNS note LANGUAGE internal IMMUTABLE AS 'record_recv';
CREATE TRANSFORM FOR note LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal),
  TO SQL WITH FUNCTION note_in(internal));
\if :has_icu
CREATE COLLATION german (provider = icu, locale = 'de-u-kn-true');
\endif

CREATE TABLE sheet (
  id integer PRIMARY KEY,
  label varchar(20) DEFAULT 'a',
  body text,
  size bigint
);
CREATE TABLE line (sheet integer, number integer, next integer);
CREATE TABLE parted (id integer, label text) PARTITION BY RANGE ((id + 1));
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE SEQUENCE numbers OWNED BY line.number;
\if :since_15
ALTER TABLE line ADD CONSTRAINT line_sheet FOREIGN KEY (sheet) REFERENCES sheet
  ON DELETE SET NULL (sheet);
\endif
CREATE FUNCTION body_of(note) RETURNS text TRANSFORM FOR TYPE note LANGUAGE sql
  AS 'SELECT ($1).body';
\if :since_14
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql RETURN n * 2;
CREATE STATISTICS sheet_lower ON (lower(label)), id FROM sheet;
\endif
CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER tell_new AFTER INSERT ON sheet REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION tell();
CREATE TRIGGER tell_both AFTER UPDATE ON sheet REFERENCING OLD TABLE AS gone NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION tell();

CREATE FUNCTION handle() RETURNS fdw_handler LANGUAGE internal AS 'heap_tableam_handler';
CREATE FOREIGN DATA WRAPPER far HANDLER handle VALIDATOR postgresql_fdw_validator;
CREATE SERVER other TYPE 'kind' VERSION '1' FOREIGN DATA WRAPPER far OPTIONS (host 'h');
CREATE FOREIGN DATA WRAPPER bare OPTIONS (a '1');
CREATE SERVER near FOREIGN DATA WRAPPER bare;
CREATE FOREIGN TABLE remote (id integer OPTIONS (column_name 'ident'), body text) SERVER near
  OPTIONS (schema_name 's', table_name 't');

CREATE PUBLICATION changes FOR TABLE sheet;
\if :since_15
CREATE PUBLICATION few FOR TABLE sheet (id, label) WHERE (id > 5);
CREATE PUBLICATION all_here FOR TABLES IN SCHEMA cabinet;
\endif

ALTER DEFAULT PRIVILEGES IN SCHEMA cabinet GRANT SELECT ON TABLES TO sweep_reader;
GRANT USAGE ON SCHEMA cabinet TO sweep_reader;
GRANT SELECT ON sheet TO sweep_reader WITH GRANT OPTION;
GRANT UPDATE (label) ON sheet TO sweep_reader;
GRANT EXECUTE ON FUNCTION tell() TO sweep_reader;
REVOKE EXECUTE ON FUNCTION body_of(note) FROM PUBLIC;
GRANT USAGE ON TYPE note TO sweep_reader;
GRANT USAGE ON LANGUAGE plother TO sweep_reader;
GRANT USAGE ON FOREIGN DATA WRAPPER bare TO sweep_reader;
GRANT USAGE ON FOREIGN SERVER near TO sweep_reader;
