-- SPDX-License-Identifier: MIT
CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-u-co-phonebk');
CREATE TABLE t (name text COLLATE german);
