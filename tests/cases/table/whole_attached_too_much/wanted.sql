-- SPDX-License-Identifier: MIT
CREATE TABLE m (id integer NOT NULL, k integer) PARTITION BY RANGE (id);
CREATE TABLE m1 (id integer CONSTRAINT m_id_not_null NOT NULL, k integer);
CREATE INDEX m1_k_idx ON m1 (k);
CREATE TABLE m2 PARTITION OF m FOR VALUES FROM (20) TO (40);
CREATE INDEX mi ON m (k);
