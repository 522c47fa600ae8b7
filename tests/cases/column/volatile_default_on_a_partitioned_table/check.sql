-- SPDX-License-Identifier: MIT
SELECT count(DISTINCT c) = 19 FROM t;
