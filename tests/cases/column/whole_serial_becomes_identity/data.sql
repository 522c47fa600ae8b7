-- SPDX-License-Identifier: MIT
INSERT INTO t (v) SELECT generate_series(1, 5);
DELETE FROM t WHERE v > 3;
