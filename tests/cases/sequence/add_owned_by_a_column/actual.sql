-- SPDX-License-Identifier: MIT
CREATE TABLE t (x integer);
