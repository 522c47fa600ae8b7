-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c int NOT NULL DEFAULT 3);
