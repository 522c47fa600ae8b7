-- SPDX-License-Identifier: MIT
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'ok');
CREATE SEQUENCE app.numbers;
CREATE TABLE app.t (id integer NOT NULL, m app.mood DEFAULT 'ok', n bigint DEFAULT nextval('app.numbers'));
