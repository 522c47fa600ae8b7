-- SPDX-License-Identifier: MIT
CREATE SEQUENCE t_id_seq;
CREATE TABLE u (id bigint DEFAULT nextval('t_id_seq'));
CREATE TABLE t (name bigint NOT NULL, id bigint NOT NULL);
