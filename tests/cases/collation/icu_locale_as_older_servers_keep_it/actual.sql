-- SPDX-License-Identifier: MIT
CREATE COLLATION numbers (PROVIDER = icu, LOCALE = 'und-u-kf-lower-kn');
CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-u-co-phonebk');
CREATE COLLATION french (PROVIDER = icu, LOCALE = 'fr-CA-u-kb');
CREATE COLLATION loose (PROVIDER = icu, LOCALE = 'und-u-ks-level1', DETERMINISTIC = false);
