-- SPDX-License-Identifier: MIT
SELECT count(c) = 5 FROM t;
