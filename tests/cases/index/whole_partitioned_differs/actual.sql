-- SPDX-License-Identifier: MIT
CREATE TABLE m (id integer NOT NULL, k integer) PARTITION BY RANGE (id);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM (0) TO (10);
CREATE INDEX mi ON m (k);
CREATE INDEX gone ON m (id);
