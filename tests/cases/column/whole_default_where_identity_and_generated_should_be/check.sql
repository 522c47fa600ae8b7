-- SPDX-License-Identifier: MIT
INSERT INTO t (z) VALUES (2);
SELECT i = 9 AND g = 3 FROM t WHERE z = 2;
SELECT i = 8 AND g = 3 FROM t WHERE z = 1;
DELETE FROM t WHERE z = 2;
