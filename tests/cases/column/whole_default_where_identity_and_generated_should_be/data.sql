-- SPDX-License-Identifier: MIT
INSERT INTO t (z) VALUES (1);
