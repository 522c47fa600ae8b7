-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE TABLE "Odd ""S"."Tä""ble" ("Ä""b" integer, "select" text);
CREATE POLICY "Odd ""N"" ame" ON "Odd ""S"."Tä""ble" USING ("Ä""b" > 1 AND "select" <> 'x');
