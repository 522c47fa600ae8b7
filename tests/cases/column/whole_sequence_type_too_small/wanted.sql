-- SPDX-License-Identifier: MIT
CREATE TABLE t (id bigserial);
ALTER SEQUENCE t_id_seq AS integer;
