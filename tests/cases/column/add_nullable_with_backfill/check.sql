-- SPDX-License-Identifier: MIT
SELECT bool_and(c = 'x') FROM t;
