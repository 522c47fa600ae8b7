-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, b text) PARTITION BY RANGE (id);
CREATE TABLE p1 (b text, a text, id integer);
ALTER TABLE t ATTACH PARTITION p1 FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE INDEX t_a ON ONLY t (a);
CREATE INDEX mine ON p1 (a);
CREATE INDEX other ON p2 (b);
