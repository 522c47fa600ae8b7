-- SPDX-License-Identifier: MIT
CREATE SCHEMA app;
CREATE TABLE app.orders (id integer);
