-- SPDX-License-Identifier: MIT
INSERT INTO t SELECT generate_series(1, 9);
