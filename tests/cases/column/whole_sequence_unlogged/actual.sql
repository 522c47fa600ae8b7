-- SPDX-License-Identifier: MIT
CREATE TABLE keeps (id bigserial, g integer GENERATED ALWAYS AS IDENTITY);
ALTER SEQUENCE keeps_id_seq SET UNLOGGED;
CREATE UNLOGGED TABLE loses (id bigserial);
ALTER SEQUENCE loses_id_seq SET LOGGED;
CREATE TABLE so (id bigserial);
CREATE UNLOGGED TABLE both_change (id bigserial);
ALTER SEQUENCE both_change_id_seq SET LOGGED;
CREATE UNLOGGED TABLE as_it_is (id serial);
