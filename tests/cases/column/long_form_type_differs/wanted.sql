-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c varchar NOT NULL);
