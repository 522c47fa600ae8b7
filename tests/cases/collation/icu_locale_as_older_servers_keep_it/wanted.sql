-- SPDX-License-Identifier: MIT
CREATE COLLATION numbers (PROVIDER = icu, LOCALE = '@colCaseFirst=lower;colNumeric=yes');
CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de@collation=phonebook');
CREATE COLLATION french (PROVIDER = icu, LOCALE = 'fr_CA@colBackwards=yes');
CREATE COLLATION loose (PROVIDER = icu, LOCALE = '@colStrength=primary', DETERMINISTIC = false);
