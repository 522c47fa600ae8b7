-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, w integer, z integer);
