-- SPDX-License-Identifier: MIT
CREATE TABLE a (id bigserial);
ALTER SEQUENCE a_id_seq RENAME TO a_numbers;
CREATE TABLE b (id bigserial);
CREATE TABLE c (id bigserial);
ALTER SEQUENCE c_id_seq RENAME TO c_numbers;
CREATE TABLE d (id bigserial);
ALTER SEQUENCE d_id_seq RENAME TO d_numbers;
CREATE TABLE i (id bigint GENERATED ALWAYS AS IDENTITY);
ALTER SEQUENCE i_id_seq RENAME TO i_numbers;
