-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY, label text, "b, (c" integer);
CREATE PUBLICATION few FOR TABLE t (id, label, "b, (c") WHERE (id > 5);
