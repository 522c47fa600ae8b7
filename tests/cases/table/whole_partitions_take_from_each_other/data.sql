-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES (1, 'a'), (12, 'b'), (25, 'c');
