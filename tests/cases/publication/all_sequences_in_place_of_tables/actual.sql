-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE "U u" (id integer PRIMARY KEY);
CREATE PUBLICATION part FOR TABLE t;
