-- SPDX-License-Identifier: MIT
INSERT INTO t (id) SELECT generate_series(1, 3);
DELETE FROM t WHERE c = 3;
