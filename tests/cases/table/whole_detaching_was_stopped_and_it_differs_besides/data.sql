-- SPDX-License-Identifier: MIT
INSERT INTO "Events 2026" VALUES ('2026-05-05', 1, 2);
