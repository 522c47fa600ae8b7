-- SPDX-License-Identifier: MIT
CREATE TABLE t (
  a integer CHECK (a > 0),
  v integer GENERATED ALWAYS AS (a + 2) VIRTUAL CONSTRAINT "v is large" CHECK (v > 2),
  b integer
);
COMMENT ON COLUMN t.v IS 'two more';
