-- SPDX-License-Identifier: MIT
CREATE SCHEMA old;
CREATE TYPE old.mood AS ENUM ('ok');
CREATE TYPE mood AS ENUM ('ok');
CREATE TABLE t (c old.mood);
