-- SPDX-License-Identifier: MIT
CREATE TABLE t (a varchar(9), b varchar(9));
ALTER TABLE t ALTER COLUMN b SET STORAGE MAIN;
