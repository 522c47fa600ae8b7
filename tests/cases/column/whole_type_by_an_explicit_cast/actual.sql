-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE t (s text, j text, n text, b integer);
