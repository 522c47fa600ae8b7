-- SPDX-License-Identifier: MIT
-- What a default gave, it still gives.
INSERT INTO t (z) VALUES (1);
SELECT i = 8 AND g = 9 FROM t;
DELETE FROM t;
