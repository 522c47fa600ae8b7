-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL);
CREATE TABLE c () INHERITS (t);
