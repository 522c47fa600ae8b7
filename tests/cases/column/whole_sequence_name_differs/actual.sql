-- SPDX-License-Identifier: MIT
CREATE TABLE users (id bigserial PRIMARY KEY);
CREATE TABLE "B b" ("I d" serial, g integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE same (id serial);
