-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE person (id integer, mood mood) PARTITION BY LIST (mood);
