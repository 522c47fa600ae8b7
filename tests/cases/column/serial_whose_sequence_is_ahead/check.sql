-- SPDX-License-Identifier: MIT
-- It was given out up to there, whatever is in the table.
SELECT last_value = 70 AND is_called FROM t_id_seq;
