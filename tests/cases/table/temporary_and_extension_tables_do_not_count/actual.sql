-- SPDX-License-Identifier: MIT
CREATE EXTENSION hstore;
CREATE TABLE users (id integer);
CREATE TEMPORARY TABLE other (id integer);
