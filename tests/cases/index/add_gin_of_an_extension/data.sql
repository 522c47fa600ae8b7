-- SPDX-License-Identifier: MIT
INSERT INTO t SELECT i, 'a' || i, NULL, i, '{}', now() FROM generate_series(1, 20) i;
