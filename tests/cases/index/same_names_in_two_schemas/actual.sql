-- SPDX-License-Identifier: MIT
CREATE SCHEMA s;
CREATE TABLE t (a text);
CREATE TABLE s.t (a text);
CREATE INDEX ix ON t (a);
