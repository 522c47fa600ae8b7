-- SPDX-License-Identifier: MIT
CREATE TYPE pair AS (x integer, a integer, b text); ALTER TYPE pair DROP ATTRIBUTE x;
