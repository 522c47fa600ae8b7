-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S s";
CREATE TABLE "S s"."T ""t" ("I d" integer);
CREATE PUBLICATION "Odd ""N"" äme" FOR TABLE "S s"."T ""t" ("I d");
