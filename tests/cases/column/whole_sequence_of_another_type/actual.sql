-- SPDX-License-Identifier: MIT
CREATE TABLE "B ""b""" ("I ""d""" bigserial PRIMARY KEY);
ALTER SEQUENCE "B ""b""_I ""d""_seq" AS integer;
CREATE TABLE s (id serial PRIMARY KEY);
ALTER SEQUENCE s_id_seq AS smallint;
CREATE TABLE g (id bigint GENERATED ALWAYS AS IDENTITY);
ALTER SEQUENCE g_id_seq AS integer;
CREATE TABLE odd (id bigserial);
CREATE TABLE both_so (id bigserial);
ALTER SEQUENCE both_so_id_seq AS integer;
