-- SPDX-License-Identifier: MIT
CREATE DOMAIN word AS varchar(60) CHECK (VALUE <> '');
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (
  tags varchar[] DEFAULT '{}',
  doc json DEFAULT '{"a": 1}',
  ids bigint[] DEFAULT ARRAY[1, 2],
  ids_2 integer[] DEFAULT ARRAY[1, 2]::bigint[]::integer[],
  at point DEFAULT '(1,2)',
  at_2 point DEFAULT '(1,2)',
  page xml DEFAULT '<a/>',
  page_2 xml DEFAULT '<a/>',
  label varchar(40) DEFAULT 7,
  label_2 varchar(40) DEFAULT 7,
  code char(4) DEFAULT 'ab  ',
  said word DEFAULT 'yes'::text,
  feels mood DEFAULT 'low',
  two pair DEFAULT ROW(1, 'x'),
  during int4range DEFAULT '[1,3)',
  since timestamptz DEFAULT '2026-01-01 00:00:00+00',
  on_day date DEFAULT CURRENT_DATE,
  who text DEFAULT CURRENT_USER,
  too_long varchar(2) DEFAULT 'abc',
  amount numeric DEFAULT 1.0,
  price numeric(10, 2) DEFAULT 1.0,
  span interval DEFAULT '30 days',
  day interval DEFAULT '1 day',
  zero float8 DEFAULT '-0',
  made_at word DEFAULT '2026-01-01',
  seen_at word DEFAULT now()::text
);
ALTER TABLE t ALTER tags TYPE text[], ALTER ids_2 TYPE bigint[];
