-- SPDX-License-Identifier: MIT
CREATE TABLE users (id bigserial PRIMARY KEY);
ALTER SEQUENCE users_id_seq RENAME TO user_id_seq;
CREATE TABLE t (a integer, id serial);
CREATE TABLE new (id serial, b text);
CREATE TABLE lost (id serial);
CREATE TABLE i (id integer GENERATED ALWAYS AS IDENTITY);
ALTER SEQUENCE i_id_seq RENAME TO i_numbers;
