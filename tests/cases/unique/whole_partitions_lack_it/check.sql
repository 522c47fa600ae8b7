-- SPDX-License-Identifier: MIT
SELECT bool_and(i.indisvalid) FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid WHERE t.relnamespace = 'public'::regnamespace;
SELECT count(*) = 6 FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid WHERE c.relkind IN ('i', 'I');
SELECT count(*) = 7 FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid >= 16384;
