-- SPDX-License-Identifier: MIT
SELECT array_agg(a ORDER BY a) = '{x,y}' FROM t;
