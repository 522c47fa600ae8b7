-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, keep integer);
CREATE TABLE users (id integer);
