-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, id bigserial, "G 1" bigint GENERATED ALWAYS AS IDENTITY);
ALTER SEQUENCE t_id_seq AS integer MAXVALUE 1000;
CREATE TABLE n (id bigserial, "G 1" bigint GENERATED ALWAYS AS IDENTITY);
ALTER SEQUENCE n_id_seq AS integer MAXVALUE 1000;
ALTER SEQUENCE "n_G 1_seq" AS smallint;
ALTER SEQUENCE "t_G 1_seq" AS smallint;
