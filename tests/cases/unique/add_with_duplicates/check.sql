-- SPDX-License-Identifier: MIT
SELECT count(*) = 0 FROM pg_index WHERE indrelid = 't'::regclass;
