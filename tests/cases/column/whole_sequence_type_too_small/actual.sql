-- SPDX-License-Identifier: MIT
CREATE TABLE t (id bigserial);
SELECT setval('t_id_seq', 3000000000);
