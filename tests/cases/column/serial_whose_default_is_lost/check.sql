-- SPDX-License-Identifier: MIT
-- The next value is one that is not in the table.
INSERT INTO "T t" DEFAULT VALUES;
SELECT max("i D") = 42 FROM "T t";
DELETE FROM "T t" WHERE "i D" = 42;
