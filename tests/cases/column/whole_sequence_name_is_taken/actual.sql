-- SPDX-License-Identifier: MIT
CREATE TABLE users (id bigserial PRIMARY KEY);
CREATE TABLE user_id_seq (a integer);
CREATE TABLE t (a integer);
CREATE VIEW t_id_seq AS SELECT 1 AS one;
CREATE SEQUENCE new_id_seq;
CREATE TABLE lost (id integer NOT NULL);
CREATE TABLE i (id integer NOT NULL);
CREATE INDEX lost_id_seq ON t (a);
CREATE TABLE other (a serial);
ALTER SEQUENCE other_a_seq RENAME TO i_numbers;
