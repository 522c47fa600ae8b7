-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE TABLE "Odd ""S"."Tä""ble on x" ("Ä""b" integer, CONSTRAINT "c on d" CHECK ("Ä""b" > 0));
CREATE DOMAIN "Odd ""S"."D on x" AS text CONSTRAINT "c on d" CHECK (value <> '');
