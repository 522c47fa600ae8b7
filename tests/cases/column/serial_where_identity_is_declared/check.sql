-- SPDX-License-Identifier: MIT
-- It goes on where the sequence was.
SELECT nextval(pg_get_serial_sequence('t', 'c')) = 4;
