-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES ('x'), ('y');
