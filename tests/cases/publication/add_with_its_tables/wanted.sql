-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY, v text);
CREATE PUBLICATION part FOR TABLE t (id) WITH (publish_via_partition_root = true);
