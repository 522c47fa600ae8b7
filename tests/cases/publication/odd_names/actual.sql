-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S s";
CREATE TABLE "S s"."T ""t" ("I d" integer);
