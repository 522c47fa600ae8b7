-- SPDX-License-Identifier: MIT
CREATE TABLE t (label text, "b, (c" integer, id integer PRIMARY KEY);
CREATE PUBLICATION few FOR TABLE t (label, "b, (c", id) WHERE (id > 5);
