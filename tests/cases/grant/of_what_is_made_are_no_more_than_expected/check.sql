-- SPDX-License-Identifier: MIT
SELECT count(*) = 0 FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
WHERE proname = 'shut' AND grantee <> proowner;
SELECT has_function_privilege('pg_monitor', 'open(integer, text[])', 'EXECUTE');
SELECT has_table_privilege('pg_monitor', '"T t"', 'SELECT');
SELECT NOT has_table_privilege('pg_monitor', '"T t"', 'DELETE');
SELECT NOT has_sequence_privilege('pg_monitor', '"T t_id_seq"', 'USAGE');
SELECT NOT has_table_privilege('pg_monitor', 'v', 'SELECT');
SELECT NOT has_type_privilege('pg_monitor', 'shade', 'USAGE');
