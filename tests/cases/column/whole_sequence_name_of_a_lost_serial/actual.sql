-- SPDX-License-Identifier: MIT
CREATE TABLE a (id bigserial);
ALTER TABLE a ALTER id DROP DEFAULT;
CREATE SEQUENCE other;
CREATE TABLE b (id bigint DEFAULT nextval('other') NOT NULL);
CREATE TABLE c (id bigint NOT NULL);
CREATE TABLE d (id bigint NOT NULL);
CREATE SEQUENCE d_numbers;
CREATE TABLE i (id bigint NOT NULL);
