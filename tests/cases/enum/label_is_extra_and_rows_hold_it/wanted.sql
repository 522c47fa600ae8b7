-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN feeling AS mood;
CREATE TABLE person (id integer PRIMARY KEY, mood mood, moods mood[], feeling feeling);
