-- SPDX-License-Identifier: MIT
CREATE TABLE t (a text, b text);
ALTER TABLE t ALTER COLUMN a SET COMPRESSION pglz;
