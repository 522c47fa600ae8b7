-- SPDX-License-Identifier: MIT
CREATE TABLE "T ""t""" (id integer, body text);
ALTER TABLE "T ""t""" ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN body SET STATISTICS 500, ALTER COLUMN body SET (n_distinct = 4);
