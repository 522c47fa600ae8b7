-- SPDX-License-Identifier: MIT
SELECT count(*) = 1 FROM pg_index WHERE indrelid = 't'::regclass;
