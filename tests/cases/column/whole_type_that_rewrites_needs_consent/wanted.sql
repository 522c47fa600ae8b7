-- SPDX-License-Identifier: MIT
CREATE TABLE t (a bigint, b varchar(5));
