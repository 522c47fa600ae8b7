-- SPDX-License-Identifier: MIT
INSERT INTO "T t" VALUES (41);
