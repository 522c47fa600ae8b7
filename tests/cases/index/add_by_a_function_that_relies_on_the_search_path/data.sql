-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES ('a'), ('b');
