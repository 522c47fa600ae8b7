-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c integer CONSTRAINT t_c_check CHECK (c > 5));
