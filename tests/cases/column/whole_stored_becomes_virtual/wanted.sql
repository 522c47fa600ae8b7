-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, g integer GENERATED ALWAYS AS (id + 1) VIRTUAL);
