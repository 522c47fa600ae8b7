-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c varchar(9) NOT NULL DEFAULT 'b');
