-- SPDX-License-Identifier: MIT
CREATE TABLE t (id int primary key, n bigint not null, w bigint generated always as (n * 2) stored);
CREATE INDEX t_w ON t (w); COMMENT ON COLUMN t.w IS 'double';
CREATE VIEW v AS SELECT w FROM t;
