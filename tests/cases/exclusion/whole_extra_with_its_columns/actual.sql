-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a integer, r int4range, CONSTRAINT x EXCLUDE USING gist (r WITH &&) WHERE (a > 0));
