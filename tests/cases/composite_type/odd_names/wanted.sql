-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S p"; CREATE TYPE "S p"."Odd ""N"" ame" AS ("A ""b"" c" integer, "é, x" text);
