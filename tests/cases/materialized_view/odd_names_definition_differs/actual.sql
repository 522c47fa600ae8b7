-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE TABLE "Odd ""S"."Tä""ble" ("Ä""b" integer, "select" text);
CREATE MATERIALIZED VIEW "Odd ""S"."Odd ""N"" ame" AS SELECT "Ä""b" AS "Ä b", "select" FROM "Odd ""S"."Tä""ble";
CREATE INDEX "I""x" ON "Odd ""S"."Odd ""N"" ame" ("Ä b");
