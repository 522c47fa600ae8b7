-- SPDX-License-Identifier: MIT
INSERT INTO t (v) VALUES (9);
SELECT "I d" = 6 FROM t WHERE v = 9;
DELETE FROM t WHERE v = 9;
