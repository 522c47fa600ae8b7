-- SPDX-License-Identifier: MIT
CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de');
