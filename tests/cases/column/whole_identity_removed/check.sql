-- SPDX-License-Identifier: MIT
SELECT id = 1 AND k = 1 FROM t;
