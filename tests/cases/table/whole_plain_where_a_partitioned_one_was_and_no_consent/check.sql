-- SPDX-License-Identifier: MIT
SELECT count(*) = 2 FROM t;
