-- SPDX-License-Identifier: MIT
CREATE TYPE e AS ENUM ('x', 'y');
CREATE DOMAIN d AS e;
CREATE TABLE t (a d DEFAULT 'y');
