-- SPDX-License-Identifier: MIT
INSERT INTO p VALUES (1, 'a');
INSERT INTO t VALUES (1, 'a');
