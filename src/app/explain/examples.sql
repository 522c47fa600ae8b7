-- SPDX-License-Identifier: MIT
-- What `pgmend explain` shows its repairs on: one object of every kind at least, every attribute
-- set somewhere, and what can be broken broken. examples.lock is made from it (docs/development.md).
CREATE SCHEMA billing;
CREATE EXTENSION citext;
CREATE EXTENSION btree_gist SCHEMA billing;

CREATE COLLATION german (provider = icu, locale = 'de-DE');
CREATE COLLATION plain (provider = libc, lc_collate = 'C', lc_ctype = 'C');
CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TYPE order_status AS ENUM ('new', 'paid', 'sent');
CREATE TYPE parcel_status AS ENUM ('new', 'sent');
CREATE TYPE old_status AS ENUM ('paid', 'new', 'sent');
CREATE TYPE amount AS (value numeric(12, 2), currency text);
CREATE TYPE amount_with_tax AS (value numeric(12, 2), currency text, tax numeric);
CREATE TYPE old_amount AS (value numeric(10, 2), currency text);
CREATE DOMAIN email AS text COLLATE "C" DEFAULT 'nobody' NOT NULL CHECK (VALUE <> '');
CREATE DOMAIN slug AS varchar(40);
ALTER DOMAIN slug ADD CONSTRAINT slug_check CHECK (VALUE <> '-') NOT VALID;
CREATE TYPE price_range AS RANGE (subtype = numeric, subtype_opclass = numeric_ops);
CREATE TYPE word_range AS RANGE (subtype = text, collation = plain,
  multirange_type_name = words);
CREATE TYPE float_range AS RANGE (subtype = float8, subtype_diff = float8mi);

CREATE FUNCTION tax(price numeric) RETURNS numeric LANGUAGE sql IMMUTABLE
  AS 'SELECT price * 0.19';
CREATE FUNCTION words_of(line text, OUT word text) RETURNS SETOF text LANGUAGE plpgsql STABLE
  STRICT SECURITY DEFINER LEAKPROOF PARALLEL SAFE COST 20 ROWS 7 SET search_path = public
  AS 'BEGIN END';
CREATE FUNCTION one() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT 1; END;
CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION logged() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION same_amount(amount, amount) RETURNS boolean LANGUAGE sql IMMUTABLE
  AS 'SELECT $1.value = $2.value';
CREATE AGGREGATE total(numeric) (sfunc = numeric_add, stype = numeric, initcond = '0',
  parallel = safe);
CREATE OPERATOR === (leftarg = amount, rightarg = amount, function = same_amount,
  commutator = ===, restrict = eqsel, join = eqjoinsel, hashes, merges);
CREATE OPERATOR !== (leftarg = amount, rightarg = amount, function = same_amount,
  negator = ===);
CREATE FUNCTION compared(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE
  AS 'SELECT $2 - $1';
CREATE OPERATOR FAMILY backwards USING btree;
CREATE OPERATOR CLASS backwards FOR TYPE integer USING btree FAMILY backwards AS
  OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <,
  FUNCTION 1 compared(integer, integer);
ALTER OPERATOR FAMILY backwards USING btree ADD OPERATOR 3 = (integer, bigint);
CREATE OPERATOR FAMILY sideways USING btree;
ALTER OPERATOR FAMILY sideways USING btree ADD OPERATOR 3 = (integer, smallint);
CREATE CAST (amount AS text) WITH INOUT AS ASSIGNMENT;
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE DEFAULT CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TRUSTED LANGUAGE plours HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler
  VALIDATOR plpgsql_validator;
CREATE TEXT SEARCH PARSER words (START = prsd_start, GETTOKEN = prsd_nexttoken,
  END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH TEMPLATE plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = plain, stopwords = 'english');
CREATE TEXT SEARCH CONFIGURATION product_search (PARSER = words);
ALTER TEXT SEARCH CONFIGURATION product_search ADD MAPPING FOR asciiword WITH plain;
CREATE TEXT SEARCH CONFIGURATION customer_search (PARSER = words);
ALTER TEXT SEARCH CONFIGURATION customer_search ADD MAPPING FOR asciiword, word WITH simple;

CREATE FOREIGN DATA WRAPPER files OPTIONS (debug 'true');
CREATE SERVER warehouse TYPE 'archive' VERSION '2' FOREIGN DATA WRAPPER files
  OPTIONS (dbname 'warehouse');

CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY (START 1000) PRIMARY KEY WITH (fillfactor = 90),
  email text NOT NULL,
  name text
);
CREATE SEQUENCE order_numbers START 100 INCREMENT 10 CACHE 5 CYCLE;

CREATE TABLE orders (
  status text DEFAULT 'new',
  id bigserial PRIMARY KEY,
  note text,
  customer_id bigint NOT NULL,
  total numeric(12, 2) DEFAULT 0 NOT NULL,
  total_with_tax numeric GENERATED ALWAYS AS (total * 1.19) STORED,
  city text COLLATE german,
  detail jsonb,
  number bigint,
  placed_at timestamptz DEFAULT now(),
  period daterange,
  CONSTRAINT orders_total_check CHECK (total >= 0),
  CONSTRAINT orders_number_key UNIQUE NULLS NOT DISTINCT (number) INCLUDE (status)
    WITH (fillfactor = 80) DEFERRABLE,
  CONSTRAINT orders_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers (id)
    MATCH FULL ON UPDATE CASCADE ON DELETE CASCADE DEFERRABLE,
  CONSTRAINT orders_period_excl EXCLUDE USING gist (period WITH &&) INCLUDE (note)
    WITH (fillfactor = 70) WHERE (status <> 'sent') DEFERRABLE
) WITH (fillfactor = 90, toast.vacuum_truncate = false);
ALTER TABLE orders ALTER note SET STORAGE EXTERNAL, ALTER detail SET COMPRESSION pglz,
  ALTER city SET STATISTICS 500, ALTER customer_id SET (n_distinct = 1000);
ALTER TABLE customers CLUSTER ON customers_pkey;
CREATE TABLE payments OF amount (value WITH OPTIONS NOT NULL);
ALTER SEQUENCE order_numbers OWNED BY orders.number;
ALTER SEQUENCE orders_id_seq AS integer CACHE 20;
ALTER SEQUENCE customers_id_seq SET UNLOGGED;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, REPLICA IDENTITY FULL;
DO 'BEGIN
  INSERT INTO customers (email) VALUES (''ann@example.com'');
  INSERT INTO orders (id, customer_id) VALUES (70, 1000);
END';

CREATE UNLOGGED TABLE imports (
  id integer,
  line text,
  order_id bigint REFERENCES orders ON DELETE SET NULL (order_id),
  CONSTRAINT imports_id_check CHECK (id > 0) NO INHERIT,
  CONSTRAINT imports_line_excl EXCLUDE (lower(line) WITH =)
);
ALTER INDEX imports_line_excl ALTER COLUMN 1 SET STATISTICS 200;
COMMENT ON COLUMN imports.line IS 'pgmend: existing rows are being filled';
ALTER TABLE imports ADD CONSTRAINT imports_line_check CHECK (line <> '') NOT VALID;
ALTER TABLE imports ADD CONSTRAINT imports_fkey FOREIGN KEY (id) REFERENCES orders NOT VALID;
CREATE UNLOGGED SEQUENCE import_numbers AS integer MINVALUE -5 MAXVALUE 500;
CREATE TABLE late_imports () INHERITS (imports);
CREATE TABLE events (at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER TABLE ONLY events ADD CONSTRAINT events_pkey PRIMARY KEY (at) INCLUDE (kind);
CREATE TABLE archive (id integer) USING heap2;
CREATE FOREIGN TABLE old_orders (id bigint OPTIONS (column_name 'order_id')) SERVER warehouse
  OPTIONS (table_name 'orders');

CREATE INDEX orders_customer_idx ON orders (customer_id) INCLUDE (total) WITH (fillfactor = 80)
  WHERE status <> 'sent';
CREATE UNIQUE INDEX customers_email_idx ON customers (lower(email)) NULLS NOT DISTINCT;
ALTER INDEX customers_email_idx ALTER COLUMN 1 SET STATISTICS 500;
CREATE INDEX orders_detail_idx ON orders USING gin (detail);
CREATE INDEX events_kind_idx ON ONLY events (kind);
CREATE STATISTICS orders_stats (dependencies) ON status, (total + 1) FROM orders;
CREATE STATISTICS billing.orders_mcv (mcv) ON status, city FROM orders;
ALTER STATISTICS orders_stats SET STATISTICS 300;

CREATE VIEW open_orders WITH (security_barrier) AS SELECT id, total FROM orders
  WHERE status = 'new';
ALTER VIEW open_orders ALTER total SET DEFAULT 0;
CREATE MATERIALIZED VIEW sales WITH (fillfactor = 80, toast.autovacuum_enabled = false) AS
  SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id;
ALTER MATERIALIZED VIEW sales ALTER total SET STATISTICS 500;
CREATE INDEX sales_customer_idx ON sales (customer_id);
ALTER MATERIALIZED VIEW sales CLUSTER ON sales_customer_idx;
CREATE MATERIALIZED VIEW sales_in_stock AS SELECT id FROM orders WITH NO DATA;
CREATE TRIGGER orders_changed BEFORE UPDATE OF status ON orders FOR EACH ROW
  WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION changed('status');
CREATE TRIGGER orders_counted AFTER UPDATE ON orders REFERENCING OLD TABLE AS before
  NEW TABLE AS after EXECUTE FUNCTION changed();
CREATE CONSTRAINT TRIGGER orders_checked AFTER INSERT ON orders FROM customers
  DEFERRABLE FOR EACH ROW EXECUTE FUNCTION changed();
ALTER TABLE orders DISABLE TRIGGER orders_counted;
CREATE TRIGGER events_seen AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION changed();
ALTER TABLE events_2026 DISABLE TRIGGER events_seen;
CREATE POLICY own_orders ON orders FOR ALL TO pg_monitor USING (note = CURRENT_USER)
  WITH CHECK (note = CURRENT_USER);
CREATE POLICY not_sent ON orders AS RESTRICTIVE FOR SELECT USING (status <> 'sent');
CREATE RULE keep_sent AS ON DELETE TO orders WHERE old.status = 'sent' DO INSTEAD NOTHING;
CREATE RULE no_imports AS ON INSERT TO imports DO INSTEAD NOTHING;
ALTER TABLE imports DISABLE RULE no_imports;
CREATE EVENT TRIGGER log_ddl ON ddl_command_end WHEN TAG IN ('CREATE TABLE')
  EXECUTE FUNCTION logged();
CREATE EVENT TRIGGER log_drops ON sql_drop EXECUTE FUNCTION logged();
ALTER EVENT TRIGGER log_drops DISABLE;
CREATE PUBLICATION for_reports FOR TABLE customers, TABLES IN SCHEMA billing
  WITH (publish = 'insert, update', publish_via_partition_root);
CREATE PUBLICATION for_all FOR ALL TABLES;
COMMENT ON TABLE orders IS 'what customers want';
GRANT SELECT ON orders TO pg_monitor WITH GRANT OPTION;
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor WITH GRANT OPTION;
