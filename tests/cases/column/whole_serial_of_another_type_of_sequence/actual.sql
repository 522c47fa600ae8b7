-- SPDX-License-Identifier: MIT
CREATE TABLE narrow (id serial);
CREATE TABLE wide (id bigserial);
ALTER TABLE wide ALTER id TYPE integer;
CREATE TABLE grown (id serial);
ALTER TABLE grown ALTER id TYPE bigint;
CREATE TABLE both_big (id bigserial);
