-- SPDX-License-Identifier: MIT
INSERT INTO t SELECT i, int4range(i, i + 1), 'x' FROM generate_series(1, 9) i;
