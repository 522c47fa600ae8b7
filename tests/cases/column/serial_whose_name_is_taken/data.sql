-- SPDX-License-Identifier: MIT
INSERT INTO tally_old (v) SELECT g FROM generate_series(1, 50) g;
INSERT INTO tally VALUES (1, 1), (2, 2);
