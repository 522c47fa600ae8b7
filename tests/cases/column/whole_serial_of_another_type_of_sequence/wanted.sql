-- SPDX-License-Identifier: MIT
CREATE TABLE narrow (id bigserial);
CREATE TABLE wide (id serial);
CREATE TABLE grown (id bigserial);
CREATE TABLE both_big (id bigserial);
ALTER SEQUENCE both_big_id_seq AS integer;
