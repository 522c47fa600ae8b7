-- SPDX-License-Identifier: MIT
SELECT last_value = 70 AND is_called FROM t_id_seq;
