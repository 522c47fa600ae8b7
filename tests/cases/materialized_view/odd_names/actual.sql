-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE TABLE "Odd ""S"."Tä""ble" ("Ä""b" integer, "select" text);
