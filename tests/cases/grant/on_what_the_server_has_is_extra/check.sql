-- SPDX-License-Identifier: MIT
SELECT NOT has_function_privilege('pg_monitor', 'pg_read_file(text)', 'EXECUTE');
