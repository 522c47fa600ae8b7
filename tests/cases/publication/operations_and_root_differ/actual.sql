-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY, v text);
CREATE TABLE u (id integer PRIMARY KEY);
CREATE SCHEMA s;
CREATE PUBLICATION part FOR TABLE t WITH (publish_via_partition_root = true);
