-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE CONVERSION own FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
