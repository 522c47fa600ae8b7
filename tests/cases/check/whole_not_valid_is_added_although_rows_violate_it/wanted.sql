-- SPDX-License-Identifier: MIT
CREATE TABLE t (n integer);
ALTER TABLE t ADD CONSTRAINT positive CHECK (n > 0) NOT VALID;
