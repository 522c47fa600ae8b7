-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE TABLE "Odd ""S"."Tä""ble" ("Ä""b" integer, "select" text);
CREATE VIEW "Odd ""S"."Odd ""N"" ame" AS SELECT "Ä""b" AS "Ä b", "select" FROM "Odd ""S"."Tä""ble" WHERE "Ä""b" > 1;
