-- SPDX-License-Identifier: MIT
SELECT bool_and(c = id + 1) FROM t;
