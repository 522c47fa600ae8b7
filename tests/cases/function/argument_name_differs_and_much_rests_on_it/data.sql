-- SPDX-License-Identifier: MIT
INSERT INTO t SELECT n, n FROM generate_series(1, 100) AS n;
