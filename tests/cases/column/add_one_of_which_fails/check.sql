-- SPDX-License-Identifier: MIT
SELECT count(*) = 2 FROM pg_attribute WHERE attrelid = 't'::regclass AND attname IN ('a', 'c');
