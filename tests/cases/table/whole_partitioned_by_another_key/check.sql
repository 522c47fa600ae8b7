-- SPDX-License-Identifier: MIT
SELECT (SELECT array_agg((tableoid::regclass, id, at, v, w)::text ORDER BY id)
        = '{"(t_1,1,2026-02-02,x,2)","(t_1,2,2026-08-08,x,2)"}' FROM t)
       AND (SELECT last_value = 40 FROM t_id_seq);
