-- SPDX-License-Identifier: MIT
CREATE TABLE "T t" ("I d" integer);
