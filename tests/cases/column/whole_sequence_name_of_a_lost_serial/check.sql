-- SPDX-License-Identifier: MIT
SELECT pg_get_serial_sequence(t, 'id') = 'public.' || t || s
FROM (VALUES ('a', '_numbers'), ('b', '_id_seq'), ('c', '_numbers'), ('d', '_numbers'), ('i', '_numbers')) AS e (t, s);
SELECT count(*) = 5 FROM pg_sequence;
