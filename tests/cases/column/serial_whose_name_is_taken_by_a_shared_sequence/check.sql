-- SPDX-License-Identifier: MIT
SELECT last_value = 70 FROM t_id_seq;
SELECT last_value = 42 FROM t_id_seq1;
SELECT last_value = 2 FROM t_name_seq;
