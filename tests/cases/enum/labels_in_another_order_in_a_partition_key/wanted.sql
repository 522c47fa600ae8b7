-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('happy', 'sad');
CREATE TABLE person (id integer, mood mood) PARTITION BY LIST (mood);
