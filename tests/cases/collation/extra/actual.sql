-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-u-co-phonebk');
