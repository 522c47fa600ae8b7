-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES ('', '[1,3)'), ('', '[1,3)'), ('a', '[1,3)'), ('b', '[3,5)');
