-- SPDX-License-Identifier: MIT
CREATE TABLE t (id serial);
ALTER SEQUENCE t_id_seq INCREMENT 5 CACHE 3;
