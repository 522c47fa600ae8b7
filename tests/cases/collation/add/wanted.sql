-- SPDX-License-Identifier: MIT
CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-u-co-phonebk');
CREATE COLLATION folded (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
CREATE COLLATION plain (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');
CREATE TABLE t (name text COLLATE folded);
