-- SPDX-License-Identifier: MIT
CREATE TABLE p (id int4range, valid daterange, CONSTRAINT p_pk PRIMARY KEY (id, valid WITHOUT OVERLAPS));
