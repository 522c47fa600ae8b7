-- SPDX-License-Identifier: MIT
SELECT pg_catalog.bool_and(indisvalid) FROM pg_catalog.pg_index WHERE indrelid = 't'::regclass;
