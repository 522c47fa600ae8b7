-- SPDX-License-Identifier: MIT
SELECT setval('t_id_seq', 70);
INSERT INTO t VALUES (41);
