-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a integer GENERATED ALWAYS AS (id + 1) VIRTUAL, b integer GENERATED ALWAYS AS (id * 2) VIRTUAL NOT NULL);
