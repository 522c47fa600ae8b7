-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S p"; CREATE TABLE "S p"."T ""t""" ("A ""b"" c" integer, "é, x" integer); CREATE STATISTICS "S p"."Odd ""N"" ame" ON "A ""b"" c", "é, x" FROM "S p"."T ""t""";
