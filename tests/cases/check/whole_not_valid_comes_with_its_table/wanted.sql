-- SPDX-License-Identifier: MIT
CREATE TABLE t (n integer, CONSTRAINT odd CHECK (n % 2 = 1));
ALTER TABLE t ADD CONSTRAINT positive CHECK (n > 0) NOT VALID;
