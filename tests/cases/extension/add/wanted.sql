-- SPDX-License-Identifier: MIT
CREATE EXTENSION pg_trgm;
