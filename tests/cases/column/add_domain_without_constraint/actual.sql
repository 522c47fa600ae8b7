-- SPDX-License-Identifier: MIT
CREATE DOMAIN name_text AS text;
CREATE TABLE t (id integer);
