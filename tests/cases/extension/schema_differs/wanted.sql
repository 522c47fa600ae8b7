-- SPDX-License-Identifier: MIT
CREATE SCHEMA ext; CREATE EXTENSION pg_trgm SCHEMA ext;
