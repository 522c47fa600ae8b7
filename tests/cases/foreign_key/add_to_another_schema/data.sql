-- SPDX-License-Identifier: MIT
INSERT INTO other.p SELECT generate_series(1, 9);
INSERT INTO t SELECT i, 'a' || i, i FROM generate_series(1, 9) i;
