-- SPDX-License-Identifier: MIT
SELECT bool_and(c = 3) FROM t;
