-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer);
CREATE TABLE c (x integer);
