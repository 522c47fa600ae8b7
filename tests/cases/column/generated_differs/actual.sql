-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c integer GENERATED ALWAYS AS (id + 1) STORED);
