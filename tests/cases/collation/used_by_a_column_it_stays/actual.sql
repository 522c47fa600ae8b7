-- SPDX-License-Identifier: MIT
CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de');
CREATE TABLE t (name text COLLATE german);
