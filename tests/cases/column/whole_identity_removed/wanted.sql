-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer DEFAULT 7, k integer, v integer);
