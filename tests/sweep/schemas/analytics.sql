-- SPDX-License-Identifier: MIT
-- Several schemas, partitions of three sorts, materialized views, inheritance.
CREATE SCHEMA raw;
CREATE SCHEMA mart;
CREATE SCHEMA tools;
COMMENT ON SCHEMA mart IS 'What reports read';

CREATE FUNCTION tools.day_of(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE STRICT
  AS $$SELECT (moment AT TIME ZONE 'UTC')::date$$;
CREATE FUNCTION tools.bucket(value double precision, size double precision DEFAULT 10)
  RETURNS double precision LANGUAGE sql IMMUTABLE COST 5 AS 'SELECT floor(value / size) * size';
CREATE FUNCTION tools.recent(days integer) RETURNS TABLE (day date, hits bigint)
  LANGUAGE plpgsql ROWS 30 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT current_date, 0::bigint;
END
$$;
CREATE PROCEDURE tools.refresh(name text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('REFRESH MATERIALIZED VIEW %s', name);
END
$$;
CREATE AGGREGATE tools.product(double precision) (
  sfunc = float8mul, stype = double precision, initcond = '1');

CREATE TABLE raw.events (
  id bigint GENERATED ALWAYS AS IDENTITY (INCREMENT 2 CACHE 20),
  moment timestamptz NOT NULL,
  visitor uuid DEFAULT gen_random_uuid() NOT NULL,
  name text NOT NULL,
  value double precision,
  PRIMARY KEY (id, moment)
) PARTITION BY RANGE (moment);
CREATE TABLE raw.events_2025 PARTITION OF raw.events
  FOR VALUES FROM ('2025-01-01 00:00+00') TO ('2026-01-01 00:00+00');
CREATE TABLE raw.events_2026 PARTITION OF raw.events
  FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2027-01-01 00:00+00');
CREATE TABLE raw.events_rest PARTITION OF raw.events DEFAULT;
CREATE INDEX events_name ON raw.events (name, moment DESC);
CREATE INDEX events_2026_value ON raw.events_2026 (tools.bucket(value));
ALTER TABLE raw.events ADD CONSTRAINT name_is_short CHECK (length(name) < 100);

CREATE TABLE raw.hits (
  region text NOT NULL,
  host text NOT NULL,
  hits bigint DEFAULT 0 NOT NULL
) PARTITION BY LIST (region);
CREATE TABLE raw.hits_eu PARTITION OF raw.hits FOR VALUES IN ('de', 'fr') PARTITION BY HASH (host);
CREATE TABLE raw.hits_eu_0 PARTITION OF raw.hits_eu FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE raw.hits_eu_1 PARTITION OF raw.hits_eu FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE raw.hits_us PARTITION OF raw.hits FOR VALUES IN ('us', NULL);

CREATE TABLE raw.measures (at timestamptz NOT NULL, value real CHECK (value > -273));
CREATE TABLE raw.room_measures (room integer NOT NULL) INHERITS (raw.measures);
CREATE UNLOGGED TABLE raw.incoming (line text, at timestamptz DEFAULT clock_timestamp());
ALTER TABLE raw.incoming SET (autovacuum_enabled = false);

CREATE TABLE mart.days (
  day date PRIMARY KEY,
  is_holiday boolean DEFAULT false NOT NULL,
  during tstzrange,
  EXCLUDE USING gist (during WITH &&) WHERE (is_holiday)
);

CREATE MATERIALIZED VIEW mart.daily AS
  SELECT tools.day_of(moment) AS day, name, count(*) AS events, tools.product(value) AS product
  FROM raw.events GROUP BY 1, 2;
CREATE UNIQUE INDEX daily_key ON mart.daily (day, name);
CREATE INDEX daily_events ON mart.daily (events DESC);
CREATE VIEW mart.weekly AS
  SELECT date_trunc('week', day::timestamp) AS week, sum(events) AS events
  FROM mart.daily GROUP BY 1;
CREATE MATERIALIZED VIEW mart.yearly AS
  SELECT date_trunc('year', week) AS year, sum(events) AS events FROM mart.weekly GROUP BY 1;
CREATE RECURSIVE VIEW mart.counting (n) AS
  VALUES (1) UNION ALL SELECT n + 1 FROM counting WHERE n < 10;
CREATE STATISTICS raw.hits_eu_0_pairs ON region, host FROM raw.hits_eu_0;
COMMENT ON MATERIALIZED VIEW mart.daily IS 'Refreshed at night';
COMMENT ON FUNCTION tools.day_of(timestamptz) IS 'The day in UTC';
