-- SPDX-License-Identifier: MIT
CREATE SEQUENCE t_id_seq;
CREATE TABLE t (id integer NOT NULL DEFAULT nextval('t_id_seq'));
