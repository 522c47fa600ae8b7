-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE TABLE "Odd ""S"."Tä"".ble" ("Ä""b" integer, "select" text);
CREATE RULE "Odd ""N"" AS ON ame" AS ON INSERT TO "Odd ""S"."Tä"".ble" WHERE new."Ä""b" > 1 DO INSTEAD NOTHING;
