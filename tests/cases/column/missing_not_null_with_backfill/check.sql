-- SPDX-License-Identifier: MIT
SELECT array_agg(c ORDER BY id) = '{1,20}' FROM t;
