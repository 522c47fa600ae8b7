-- SPDX-License-Identifier: MIT
INSERT INTO "S s"."P p" VALUES (1);
INSERT INTO "T" VALUES (1);
