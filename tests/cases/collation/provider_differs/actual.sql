-- SPDX-License-Identifier: MIT
CREATE COLLATION german (LOCALE = 'C');
