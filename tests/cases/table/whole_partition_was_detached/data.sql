-- SPDX-License-Identifier: MIT
INSERT INTO events_2026 VALUES ('2026-05-05', 1);
