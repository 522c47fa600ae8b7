-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE t (s mood, j jsonb, n integer, b boolean);
