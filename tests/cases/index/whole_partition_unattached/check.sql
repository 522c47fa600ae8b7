-- SPDX-License-Identifier: MIT
SELECT indisvalid FROM pg_index WHERE indexrelid = 't_a'::regclass;
SELECT count(*) = 2 FROM pg_inherits WHERE inhparent = 't_a'::regclass;
SELECT count(*) = 1 FROM pg_inherits WHERE inhrelid = 'mine'::regclass;
SELECT count(*) = 4 FROM pg_class WHERE relkind IN ('i', 'I') AND oid >= 16384 AND relnamespace = 'public'::regnamespace;
