-- SPDX-License-Identifier: MIT
CREATE TABLE a (x integer);
CREATE DOMAIN money_text AS text;
CREATE CAST (bytea AS text) WITHOUT FUNCTION;
