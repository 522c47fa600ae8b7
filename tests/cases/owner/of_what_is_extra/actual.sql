-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer);
CREATE TABLE x (id integer);
