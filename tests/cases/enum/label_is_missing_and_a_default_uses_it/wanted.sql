-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE t (id integer, m mood DEFAULT 'happy');
CREATE TABLE u (m mood, CONSTRAINT c CHECK (m <> 'happy'));
