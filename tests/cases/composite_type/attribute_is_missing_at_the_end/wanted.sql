-- SPDX-License-Identifier: MIT
CREATE TYPE pair AS (a integer, b text, "C d" text COLLATE "C", e integer);
CREATE TABLE t (p pair);
