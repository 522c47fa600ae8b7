-- SPDX-License-Identifier: MIT
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (b text, a integer);
