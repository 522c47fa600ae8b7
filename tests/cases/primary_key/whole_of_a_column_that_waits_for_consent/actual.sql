-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer);
