-- SPDX-License-Identifier: MIT
-- Each declared default means the stored one; where it is another expression, its value is the same.
CREATE TABLE t (
  c0 jsonb DEFAULT '{}',
  c1 jsonb DEFAULT '{}'::jsonb,
  c2 varchar(10) DEFAULT 'x',
  c3 varchar(10) DEFAULT 'x'::text,
  c4 numeric(10,2) DEFAULT 0,
  c5 boolean DEFAULT true,
  c6 integer DEFAULT -1,
  c7 integer DEFAULT (5),
  c8 text[] DEFAULT '{}',
  c9 text[] DEFAULT ARRAY['a','b'],
  c10 date DEFAULT CURRENT_DATE,
  c11 timestamptz DEFAULT now(),
  c12 text DEFAULT 'it''s',
  c13 interval DEFAULT '1 day',
  c14 integer DEFAULT 1 + 1,
  c15 timestamptz DEFAULT now() + interval '180 days',
  c16 bigint DEFAULT 0,
  c17 double precision DEFAULT 1.5,
  c18 inet DEFAULT '127.0.0.1'
);
