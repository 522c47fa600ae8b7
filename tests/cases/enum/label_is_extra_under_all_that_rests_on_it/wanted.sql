-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('a', 'c');
CREATE DOMAIN dm AS mood CHECK (VALUE <> 'c'::mood);
CREATE TABLE t (id int primary key, c mood NOT NULL default 'a', d mood[] default '{a}', f dm, g text default 'a'::mood::text,
  gen boolean generated always as (c = 'a') stored, constraint t_chk check (c <> 'c' or id > 3), unique (c, id));
COMMENT ON COLUMN t.c IS 'how'; COMMENT ON TYPE mood IS 'moods'; COMMENT ON CONSTRAINT t_chk ON t IS 'chk';
CREATE UNIQUE INDEX t_part ON t (id) WHERE c = 'a';
CREATE INDEX t_plain ON t (c);
CREATE INDEX t_gen ON t (gen);
CREATE TABLE ref (m mood unique, primary key (m));
CREATE TABLE child (id int, m mood references ref (m) on delete cascade);
CREATE TABLE pt (k int, c mood default 'c') PARTITION BY RANGE (k);
CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (10);
CREATE TABLE pt2 PARTITION OF pt FOR VALUES FROM (10) TO (20);
CREATE INDEX pt_c ON pt (k) WHERE c = 'a';
CREATE VIEW v AS SELECT id, c FROM t WHERE c = 'a';
CREATE MATERIALIZED VIEW mv AS SELECT c, count(*) FROM t GROUP BY c;
CREATE UNIQUE INDEX mv_c ON mv (c);
CREATE FUNCTION f(m mood) RETURNS mood LANGUAGE sql IMMUTABLE AS $$SELECT m$$;
CREATE TABLE u (id int, c mood default f('a'));
CREATE INDEX u_f ON u (f(c));
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER tr BEFORE UPDATE OF c ON t FOR EACH ROW WHEN (NEW.c = 'a') EXECUTE FUNCTION trg();
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY pol ON t USING (c = 'a');
CREATE STATISTICS st ON id, c FROM t;
