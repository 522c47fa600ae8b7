-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE TABLE "Odd ""S"."Tä""ble" ("Ä""b" integer, "select" text);
CREATE FUNCTION "Odd ""S"."F (x)"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TRIGGER " FOR EACH ROW WHEN (x) EXECUTE FUNCTION ""Ä" BEFORE UPDATE OF "Ä""b", "select" ON "Odd ""S"."Tä""ble" FOR EACH ROW WHEN (old."Ä""b" > new."Ä""b" AND new."select" <> ') EXECUTE FUNCTION ') EXECUTE FUNCTION "Odd ""S"."F (x)"();
