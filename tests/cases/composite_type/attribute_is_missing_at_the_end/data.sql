-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES (ROW(1, 'x'));
