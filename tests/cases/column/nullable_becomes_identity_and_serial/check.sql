-- SPDX-License-Identifier: MIT
INSERT INTO t (id) VALUES (2);
SELECT w = 6 AND z = 7 FROM t WHERE id = 2;
DELETE FROM t WHERE id = 2;
