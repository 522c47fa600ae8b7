-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S s";
CREATE TABLE "S s"."P p" ("I d" integer PRIMARY KEY);
CREATE TABLE "T" ("p ""id""" integer);
