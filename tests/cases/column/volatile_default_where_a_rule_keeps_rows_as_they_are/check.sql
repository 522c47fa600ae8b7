-- SPDX-License-Identifier: MIT
SELECT count(DISTINCT u) = 9 FROM t;
