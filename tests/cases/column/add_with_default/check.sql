-- SPDX-License-Identifier: MIT
SELECT bool_and(c = 42) FROM t;
