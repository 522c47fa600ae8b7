-- SPDX-License-Identifier: MIT
-- It goes on where the identity was.
SELECT nextval(pg_get_serial_sequence('t', 'c')) = 4;
