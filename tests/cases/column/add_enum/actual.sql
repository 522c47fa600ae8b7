-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('ok', 'bad');
CREATE TABLE t (id integer);
