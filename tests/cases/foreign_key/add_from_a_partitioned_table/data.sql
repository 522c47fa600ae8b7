-- SPDX-License-Identifier: MIT
INSERT INTO t SELECT i, date '2026-01-01' + i FROM generate_series(-9, 9) i;
INSERT INTO p SELECT generate_series(-9, 9);
