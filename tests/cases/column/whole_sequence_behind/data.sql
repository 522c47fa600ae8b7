-- SPDX-License-Identifier: MIT
INSERT INTO t SELECT g, g FROM generate_series(1, 5) g;
INSERT INTO i OVERRIDING SYSTEM VALUE SELECT g, g FROM generate_series(500, 505) g;
INSERT INTO "Odd ""N"" ame" VALUES (7);
