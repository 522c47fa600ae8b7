-- SPDX-License-Identifier: MIT
SELECT indisvalid FROM pg_index WHERE indexrelid = 't_a'::regclass;
SELECT count(*) = 2 FROM pg_inherits WHERE inhparent = 't_a'::regclass;
