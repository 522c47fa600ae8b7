-- SPDX-License-Identifier: MIT
CREATE TABLE t (n integer);
