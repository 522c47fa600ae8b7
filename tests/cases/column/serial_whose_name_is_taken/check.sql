-- SPDX-License-Identifier: MIT
-- Both are filled from sequences that are ahead of their values.
SELECT last_value = 50 FROM tally_id_seq;
SELECT last_value = 3 AND NOT is_called FROM tally_id_seq1;
SELECT pg_get_serial_sequence('tally_old', 'id') = 'public.tally_id_seq';
