-- SPDX-License-Identifier: MIT
INSERT INTO t (k) SELECT g FROM generate_series(1, 5) g;
