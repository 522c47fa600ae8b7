-- SPDX-License-Identifier: MIT
SELECT bool_and(c = 'row ' || id) FROM t;
