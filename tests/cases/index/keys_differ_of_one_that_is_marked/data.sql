-- SPDX-License-Identifier: MIT
INSERT INTO "fe ed" VALUES (1, 1, 1);
