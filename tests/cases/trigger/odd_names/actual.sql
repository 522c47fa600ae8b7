-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE TABLE "Odd ""S"."Tä""ble" ("Ä""b" integer, "select" text);
CREATE FUNCTION "Odd ""S"."F (x)"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
