-- SPDX-License-Identifier: MIT
CREATE SCHEMA "My Schema";
CREATE TABLE "My Schema"."Order.Items" (
  "select" integer PRIMARY KEY,
  "quo""te" text CONSTRAINT uq UNIQUE,
  "Größe" numeric CONSTRAINT "Check ""it""" CHECK ("Größe" > 0),
  "x""; DROP TABLE users; --" integer DEFAULT 7
);
CREATE INDEX "Ix""; --" ON "My Schema"."Order.Items" ("Größe");
