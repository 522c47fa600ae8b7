-- SPDX-License-Identifier: MIT
CREATE TABLE t (a varchar(5) DEFAULT 'x', b numeric(5,2), c varchar(7), d timestamp(3));
CREATE INDEX t_a ON t (a);
