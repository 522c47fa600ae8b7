-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES (1, 1), (2, 2);
