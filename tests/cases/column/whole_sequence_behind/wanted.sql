-- SPDX-License-Identifier: MIT
CREATE TABLE t (id bigserial PRIMARY KEY, n integer);
CREATE TABLE i (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n integer);
CREATE TABLE "Odd ""N"" ame" ("I ""d""" serial UNIQUE);
