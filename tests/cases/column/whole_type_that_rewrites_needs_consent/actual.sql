-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b varchar(9));
