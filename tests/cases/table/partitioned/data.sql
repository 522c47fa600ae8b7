-- SPDX-License-Identifier: MIT
INSERT INTO events VALUES (1, '2026-02-03');
