-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, body text, "Odd ""N"" ame" text, "größe" text);
ALTER TABLE t ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN "Odd ""N"" ame" SET STORAGE MAIN;
