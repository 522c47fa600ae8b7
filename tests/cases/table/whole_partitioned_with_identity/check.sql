-- SPDX-License-Identifier: MIT
SELECT (SELECT array_agg(id ORDER BY k) = '{1,4,7,10,13}' FROM t)
       AND pg_catalog.nextval(pg_get_serial_sequence('t', 'id')) = 16;
