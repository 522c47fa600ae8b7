-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer, m mood);
CREATE TABLE u (m mood);
