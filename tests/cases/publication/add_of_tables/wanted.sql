-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE "U u" (id integer PRIMARY KEY);
CREATE PUBLICATION whole FOR ALL TABLES WITH (publish = 'insert');
CREATE PUBLICATION part FOR TABLE t, "U u" WITH (publish = 'insert, truncate');
CREATE PUBLICATION less FOR TABLE t, "U u";
