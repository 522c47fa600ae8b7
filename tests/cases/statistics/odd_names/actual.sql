-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S p"; CREATE TABLE "S p"."T ""t""" ("A ""b"" c" integer, "é, x" integer);
