-- SPDX-License-Identifier: MIT
CREATE TABLE events (at date NOT NULL, id integer, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
