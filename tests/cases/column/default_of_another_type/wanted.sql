-- SPDX-License-Identifier: MIT
CREATE DOMAIN word AS varchar(60) CHECK (VALUE <> '');
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (
  tags text[] DEFAULT '{}',
  doc json DEFAULT '{"a": 1}'::jsonb,
  ids bigint[] DEFAULT '{1,2}',
  ids_2 bigint[] DEFAULT '{1,3}',
  at point DEFAULT point(1, 2),
  at_2 point DEFAULT point(1, 3),
  page xml DEFAULT xmlparse(CONTENT '<a/>'),
  page_2 xml DEFAULT '<b/>',
  label varchar(40) DEFAULT '7',
  label_2 varchar(40) DEFAULT 'none',
  code char(4) DEFAULT 'ab',
  said word DEFAULT 'yes',
  feels mood DEFAULT 'low'::text::mood,
  two pair DEFAULT '(1,x)',
  during int4range DEFAULT '[1,2]',
  since timestamptz DEFAULT to_timestamp(1767225600),
  on_day date DEFAULT now()::date,
  who text DEFAULT 'postgres',
  too_long varchar(2) DEFAULT 'ab',
  amount numeric DEFAULT 1.00,
  price numeric(10, 2) DEFAULT 1.00,
  span interval DEFAULT '1 month',
  day interval DEFAULT '24:00:00',
  zero float8 DEFAULT '0',
  made_at word DEFAULT to_char('2026-01-01'::date, 'YYYY-MM-DD'),
  seen_at word DEFAULT CURRENT_TIMESTAMP::text
);
