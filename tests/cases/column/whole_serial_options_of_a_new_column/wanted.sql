-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, "i d" serial);
ALTER SEQUENCE "t_i d_seq" INCREMENT 5 CACHE 3;
CREATE TABLE u (id bigserial);
ALTER SEQUENCE u_id_seq START 100;
