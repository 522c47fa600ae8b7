-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES (2, 'abc', B'1', 1, 'abc');
