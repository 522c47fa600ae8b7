-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c varchar(5) DEFAULT 'a');
