-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY, a varchar(3), b bit varying(2), c numeric(3,2), d char(3));
