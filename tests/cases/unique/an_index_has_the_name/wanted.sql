-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer, CONSTRAINT k UNIQUE (a));
