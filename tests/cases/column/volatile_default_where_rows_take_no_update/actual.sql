-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer);
CREATE PUBLICATION p FOR TABLE t;
