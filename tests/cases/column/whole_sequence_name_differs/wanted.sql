-- SPDX-License-Identifier: MIT
CREATE TABLE users (id bigserial PRIMARY KEY);
ALTER SEQUENCE users_id_seq RENAME TO user_id_seq;
CREATE TABLE "B b" ("I d" serial, g integer GENERATED ALWAYS AS IDENTITY);
ALTER SEQUENCE "B b_I d_seq" RENAME TO "It's ""one""";
ALTER SEQUENCE "B b_g_seq" RENAME TO order_numbers;
CREATE TABLE same (id serial);
