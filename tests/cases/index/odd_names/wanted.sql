-- SPDX-License-Identifier: MIT
CREATE TABLE "T t" ("A" text, "select" integer);
CREATE INDEX "I ""x""" ON "T t" ("A", "select" DESC) INCLUDE ("A") WHERE "select" > 0;
