-- SPDX-License-Identifier: MIT
INSERT INTO p SELECT i, 'a' || i, i, i FROM generate_series(1, 9) i;
INSERT INTO t SELECT i, 'a' || i, i FROM generate_series(1, 9) i;
INSERT INTO t VALUES (10);
