-- SPDX-License-Identifier: MIT
CREATE TYPE money_value AS (amount numeric, currency text);
CREATE TABLE t (id integer);
