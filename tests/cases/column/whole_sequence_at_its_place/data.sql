-- SPDX-License-Identifier: MIT
INSERT INTO t (n) SELECT g FROM generate_series(1, 5) g;
INSERT INTO u SELECT g FROM generate_series(1, 5) g;
SELECT setval('u_id_seq', 6, false);
INSERT INTO v VALUES (-5), (0);
SELECT nextval('w_id_seq');
