-- SPDX-License-Identifier: MIT
INSERT INTO t SELECT g FROM generate_series(1, 9) g;
