-- SPDX-License-Identifier: MIT
CREATE TABLE t (a varchar(9) DEFAULT 'x', b numeric(9,2), c text, d timestamp);
CREATE INDEX t_a ON t (a);
