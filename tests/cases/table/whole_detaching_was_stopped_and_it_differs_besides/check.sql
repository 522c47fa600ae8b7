-- SPDX-License-Identifier: MIT
SELECT pg_catalog.count(*) = 1 FROM events;
SELECT pg_catalog.bool_and(NOT inhdetachpending) FROM pg_catalog.pg_inherits;
