-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer CONSTRAINT "A ""set""" NOT NULL, b integer CONSTRAINT b_set NOT NULL, c integer CONSTRAINT t_d_not_null1 NOT NULL);
