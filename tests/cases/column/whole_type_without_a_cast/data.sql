-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES (1, now());
