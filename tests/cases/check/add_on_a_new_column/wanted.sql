-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer, c integer DEFAULT 1, CONSTRAINT k CHECK (c < n + 5));
