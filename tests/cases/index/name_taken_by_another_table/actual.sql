-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, b text, n integer, j jsonb, at timestamptz);
CREATE TABLE other (a text);
CREATE INDEX ix ON other (a);
