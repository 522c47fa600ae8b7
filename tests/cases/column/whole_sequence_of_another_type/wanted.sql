-- SPDX-License-Identifier: MIT
CREATE TABLE "B ""b""" ("I ""d""" bigserial PRIMARY KEY);
CREATE TABLE s (id serial PRIMARY KEY);
CREATE TABLE g (id bigint GENERATED ALWAYS AS IDENTITY);
CREATE TABLE odd (id bigserial);
ALTER SEQUENCE odd_id_seq AS integer;
CREATE TABLE both_so (id bigserial);
ALTER SEQUENCE both_so_id_seq AS integer;
