-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES (1, 'abcd', B'101', 12.3, 'abcd'), (2, 'abc   ', B'1', 1, 'abc   ');
