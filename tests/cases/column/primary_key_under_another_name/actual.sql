-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c integer CONSTRAINT my_key PRIMARY KEY);
