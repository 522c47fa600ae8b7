-- SPDX-License-Identifier: MIT
SELECT nextval('t_id_seq') = 2;
