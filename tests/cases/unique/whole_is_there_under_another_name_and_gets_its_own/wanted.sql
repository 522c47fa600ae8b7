-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer, CONSTRAINT p_pkey PRIMARY KEY (id));
CREATE TABLE t (a integer, b integer, CONSTRAINT t_a_key UNIQUE (a), CONSTRAINT "New ""check" CHECK (b > 0),
                CONSTRAINT t_a_fkey FOREIGN KEY (a) REFERENCES p (id), CONSTRAINT t_x EXCLUDE USING gist (int4range(a, b) WITH &&));
CREATE INDEX t_b_idx ON t (b);
