-- SPDX-License-Identifier: MIT
INSERT INTO "p ""a""" VALUES (1);
INSERT INTO k VALUES (1, 1, NULL);
