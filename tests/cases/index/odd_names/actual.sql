-- SPDX-License-Identifier: MIT
CREATE TABLE "T t" ("A" text, "select" integer);
