-- SPDX-License-Identifier: MIT
INSERT INTO t SELECT i, 'ok' FROM generate_series(1, 9) i;
INSERT INTO u VALUES ('ok');
