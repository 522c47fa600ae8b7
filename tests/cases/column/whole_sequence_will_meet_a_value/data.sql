-- SPDX-License-Identifier: MIT
INSERT INTO t (n) SELECT g FROM generate_series(1, 5) g;
INSERT INTO t VALUES (1000000, 1);
