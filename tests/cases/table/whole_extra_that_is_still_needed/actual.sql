-- SPDX-License-Identifier: MIT
CREATE TABLE kept (a integer);
CREATE TABLE o (n integer);
CREATE VIEW v AS SELECT n FROM o;
