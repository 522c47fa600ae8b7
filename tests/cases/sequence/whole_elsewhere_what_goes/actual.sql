-- SPDX-License-Identifier: MIT
CREATE SCHEMA other;
CREATE VIEW other.s AS SELECT 1 AS x;
