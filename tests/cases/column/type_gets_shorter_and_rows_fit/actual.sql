-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20), b bit varying(9), c numeric(9,2), d varchar(20));
