-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer PRIMARY KEY, code text);
CREATE TABLE t (id integer, code text);
