-- SPDX-License-Identifier: MIT
CREATE SCHEMA "My App";
CREATE TYPE "My App"."Ro""w" AS (id integer, "No te" varchar(10) COLLATE "C", at timestamptz);
CREATE TABLE "My App"."t 1" OF "My App"."Ro""w" (
  id WITH OPTIONS DEFAULT 5, "No te" WITH OPTIONS NOT NULL, PRIMARY KEY (id)
) WITH (fillfactor = 70);
ALTER TABLE "My App"."t 1" ALTER "No te" SET STORAGE MAIN;
CREATE TABLE parts OF "My App"."Ro""w" PARTITION BY LIST (id);
