-- SPDX-License-Identifier: MIT
CREATE TABLE b (k integer);
CREATE TABLE c (k integer, x integer) INHERITS (b);
