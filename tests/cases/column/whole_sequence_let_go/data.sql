-- SPDX-License-Identifier: MIT
INSERT INTO t (v) VALUES (1);
