-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES (1, 'a', 'b'), (1, 'a', 'd');
