-- SPDX-License-Identifier: MIT
SELECT g = 2 FROM v;
