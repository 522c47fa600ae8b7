-- SPDX-License-Identifier: MIT
INSERT INTO t SELECT i, 'a' || i, i FROM generate_series(1, 9) i;
