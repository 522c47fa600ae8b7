-- SPDX-License-Identifier: MIT
CREATE EXTENSION pg_trgm VERSION '1.4';
