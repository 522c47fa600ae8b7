-- SPDX-License-Identifier: MIT
INSERT INTO a.things VALUES (1); INSERT INTO b.things VALUES (2);
