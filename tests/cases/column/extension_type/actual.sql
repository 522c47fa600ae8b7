-- SPDX-License-Identifier: MIT
CREATE EXTENSION citext;
CREATE TABLE t (id integer, c citext);
