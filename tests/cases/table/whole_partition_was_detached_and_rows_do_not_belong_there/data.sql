-- SPDX-License-Identifier: MIT
INSERT INTO events_2026 VALUES ('1999-05-05');
