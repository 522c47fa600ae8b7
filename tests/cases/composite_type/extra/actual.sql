-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE TYPE pair AS (a integer, b text);
