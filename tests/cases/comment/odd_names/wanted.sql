-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE TABLE "Odd ""S"."Tä""ble on x" ("Ä""b" integer, CONSTRAINT "c on d" CHECK ("Ä""b" > 0));
CREATE DOMAIN "Odd ""S"."D on x" AS text CONSTRAINT "c on d" CHECK (value <> '');
COMMENT ON SCHEMA "Odd ""S" IS 'x';
COMMENT ON COLUMN "Odd ""S"."Tä""ble on x"."Ä""b" IS 'x';
COMMENT ON CONSTRAINT "c on d" ON "Odd ""S"."Tä""ble on x" IS 'x';
COMMENT ON CONSTRAINT "c on d" ON DOMAIN "Odd ""S"."D on x" IS 'x';
