-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer, c integer NOT NULL DEFAULT 1, CONSTRAINT k UNIQUE (c, id));
