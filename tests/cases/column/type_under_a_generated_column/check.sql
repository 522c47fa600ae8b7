-- SPDX-License-Identifier: MIT
SELECT w = 4 FROM t;
