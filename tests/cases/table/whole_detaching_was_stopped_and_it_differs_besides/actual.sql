-- SPDX-License-Identifier: MIT
CREATE TABLE events (at date NOT NULL, id integer, n integer, PRIMARY KEY (at, id))
  PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE "Events 2026" PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX events_n ON events (n);

-- As DETACH PARTITION ... CONCURRENTLY leaves it that is stopped while it waits.
SET allow_system_table_mods = on;
UPDATE pg_catalog.pg_inherits SET inhdetachpending = true
WHERE inhrelid = '"Events 2026"'::regclass;
