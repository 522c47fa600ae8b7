-- SPDX-License-Identifier: MIT
CREATE TABLE keeps (id bigserial, g integer GENERATED ALWAYS AS IDENTITY);
CREATE UNLOGGED TABLE loses (id bigserial);
CREATE TABLE so (id bigserial);
ALTER SEQUENCE so_id_seq SET UNLOGGED;
CREATE TABLE both_change (id bigserial);
CREATE UNLOGGED TABLE as_it_is (id serial);
CREATE UNLOGGED TABLE n (id serial);
ALTER SEQUENCE n_id_seq SET LOGGED;
