-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer PRIMARY KEY, code text CONSTRAINT p_code_key UNIQUE);
CREATE TABLE t (id integer, code text REFERENCES p (code));
