-- SPDX-License-Identifier: MIT
CREATE SEQUENCE numbers;
CREATE TABLE u (id bigint DEFAULT nextval('numbers'));
CREATE TABLE t (id bigint NOT NULL DEFAULT nextval('numbers'));
