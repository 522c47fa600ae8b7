-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE TYPE span AS RANGE (subtype = float8);
