-- SPDX-License-Identifier: MIT
SELECT (SELECT array_agg((id, at, v, w)::text ORDER BY id)
        = '{"(1,2026-02-02,x,2)","(2,2026-08-08,x,2)"}' FROM t)
       AND (SELECT last_value = 40 FROM t_id_seq);
