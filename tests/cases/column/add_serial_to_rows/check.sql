-- SPDX-License-Identifier: MIT
SELECT count(DISTINCT c) = 5 FROM t;
