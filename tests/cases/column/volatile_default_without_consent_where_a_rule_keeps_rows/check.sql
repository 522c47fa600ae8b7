-- SPDX-License-Identifier: MIT
SELECT count(*) = 1 FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0;
