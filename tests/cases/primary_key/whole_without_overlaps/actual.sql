-- SPDX-License-Identifier: MIT
CREATE TABLE p (id int4range NOT NULL, valid daterange NOT NULL);
CREATE TABLE t (id int4range, valid daterange);
