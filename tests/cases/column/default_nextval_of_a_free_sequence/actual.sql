-- SPDX-License-Identifier: MIT
CREATE SCHEMA s;
CREATE SEQUENCE s.numbers;
CREATE TABLE t (id bigint DEFAULT nextval('s.numbers'));
