-- SPDX-License-Identifier: MIT
INSERT INTO c VALUES (1);
INSERT INTO t (at, c) VALUES ('2026-02-02', 1), ('2026-08-08', 1);
INSERT INTO ref VALUES (1, 1);
SELECT setval('t_id_seq', 40);
