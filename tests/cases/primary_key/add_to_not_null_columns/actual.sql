-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer NOT NULL, a text, n integer);
