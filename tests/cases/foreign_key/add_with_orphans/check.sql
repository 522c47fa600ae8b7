-- SPDX-License-Identifier: MIT
SELECT count(*) = 0 FROM pg_constraint WHERE conrelid = 't'::regclass;
