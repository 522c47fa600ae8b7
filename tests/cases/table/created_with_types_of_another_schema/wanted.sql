-- SPDX-License-Identifier: MIT
CREATE SCHEMA types;
CREATE TYPE types.mood AS ENUM ('ok', 'bad');
CREATE DOMAIN types.percent AS integer CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE users (mood types.mood DEFAULT 'ok', share types.percent NOT NULL DEFAULT 5);
