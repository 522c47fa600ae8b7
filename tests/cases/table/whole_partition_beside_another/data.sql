-- SPDX-License-Identifier: MIT
INSERT INTO events VALUES ('2026-01-15', 'one');
