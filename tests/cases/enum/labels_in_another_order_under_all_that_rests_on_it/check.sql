-- SPDX-License-Identifier: MIT
SELECT (SELECT array_agg(c ORDER BY c) = '{c,a}' FROM t)
       AND (SELECT p::text = '(c,2)' AND g = 'a' AND d = '{a}' AND NOT gen FROM t WHERE id = 5)
       AND (SELECT array_agg(c ORDER BY k) = '{a,c}' FROM pt)
       AND (SELECT m = 'a' FROM child) AND (SELECT c = 'a' FROM u);
