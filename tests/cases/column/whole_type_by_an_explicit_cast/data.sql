-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES ('sad', '[1]', '7', 1), ('glad', NULL, NULL, 0);
