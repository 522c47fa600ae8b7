-- SPDX-License-Identifier: MIT
CREATE TABLE p (id int4range, valid daterange, CONSTRAINT p_pk PRIMARY KEY (id, valid WITHOUT OVERLAPS));
CREATE TABLE t (id int4range, valid daterange, CONSTRAINT k FOREIGN KEY (id, PERIOD valid) REFERENCES p (id, PERIOD valid));
